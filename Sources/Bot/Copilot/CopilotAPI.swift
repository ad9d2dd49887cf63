import Basics
import Conversations
import HTTPTypes
import Organization
import Web

/// What agents ask the copilot. Nothing of it is written down, and nothing reaches the customer unless the agent sends it.
struct CopilotAPI: Sendable {
    static let longest = 8_000

    let copilot: Copilot

    struct Wording: Codable, Sendable {
        let text: String
    }

    var routes: [Route] {
        let one = "/api/conversations/{conversation}/copilot"
        return [
            Route(
                .get, one, access: .needs("desk.use"),
                summary: "Suggested answers with their source, a summary, and what to ask next; without a language model.",
                takes: Nothing.self, gives: Copilot.Help.self
            ) { call, _ in try await copilot.help(in: call.parameter("conversation"), for: call.staff) },
            Route(
                .post, one + "/drafts", access: .needs("desk.use"),
                summary: "Has the language model write an answer from published knowledge, checked against its sources.",
                takes: Nothing.self, gives: Copilot.Draft.self
            ) { call, _ in try await copilot.draft(in: call.parameter("conversation"), for: call.staff) },
            Route(
                .post, one + "/summaries", access: .needs("desk.use"),
                summary: "Has the language model say in three sentences what happened so far.",
                takes: Nothing.self, gives: Copilot.Worded.self
            ) { call, _ in try await copilot.summarize(call.parameter("conversation"), for: call.staff) },
            Route(
                .post, "/api/copilot/rewordings", access: .needs("desk.use"),
                summary: "Says the same in the company's tone; without a language model in gentler words.",
                takes: Wording.self, gives: Copilot.Worded.self
            ) { call, asked in
                guard asked.text.contains(where: { !$0.isWhitespace }) else { throw Refusal(.invalid, "message.empty") }
                guard asked.text.count <= Self.longest else { throw Refusal(.tooLarge, "message.too-long") }
                return try await copilot.reword(asked.text, for: call.staff)
            },
        ]
    }
}
