import Basics
import HTTPTypes
import Organization
import Store
import Web

/// Knowledge in and out as files.
struct ExchangeAPI: Sendable {
    let database: any Database
    let knowledge: KnowledgeStore
    let imports: ImportStore
    let audit: Audit

    struct Preview: Codable, Sendable {
        struct Row: Codable, Sendable {
            let line: Int
            let language: Language
            let category: String
            let title: String
            let phrasings: Phrasings
            let answer: String

            init(_ good: ImportPreview.Good) {
                let content = good.entry.content
                (line, language, category) = (good.line, content.language, content.category)
                (title, phrasings, answer) = (content.title, content.phrasings, content.answer)
            }
        }

        let `import`: ID<KnowledgeImport>
        let good: [Row]
        let bad: [ImportPreview.Bad]
    }

    var routes: [Route] {
        let format = ["format": "csv, tsv, json or markdown"]
        return [
            Route(
                .post, "/api/knowledge/imports", access: .needs("knowledge.edit"),
                summary:
                    "Reads a file (the raw body, UTF-8) and shows what it holds; nothing is written until it is confirmed within an hour.",
                query: format, limit: ImportPreview.Limit.bytes, takes: ["application/octet-stream"], gives: Preview.self
            ) { call in try await preview(call) },
            Route(
                .post, "/api/knowledge/imports/{import}/confirmation", access: .needs("knowledge.edit"),
                summary: "Writes the good rows of a previewed import.", takes: Nothing.self, gives: ImportOutcome.self
            ) { call, _ in try await confirm(call) },
            Route(
                .get, "/api/knowledge/export", access: .needs("knowledge.read"),
                summary: "Everything but the archive, as a file that can be imported again.",
                query: format, gives: ExchangeFormat.allCases.map(\.mediaType)
            ) { call in try await export(call) },
        ]
    }

    private func preview(_ call: Call) async throws -> Preview {
        let staff = try call.staff
        let (body, format) = (call.body, try call.format)
        let preview = try await Task.detached { try ImportPreview(reading: body, as: format) }.value
        let id = try await database.write { try imports.keep(preview, in: staff.workspace, by: staff.agent, $0) }
        return Preview(import: id, good: preview.good.map(Preview.Row.init), bad: preview.bad)
    }

    private func confirm(_ call: Call) async throws -> ImportOutcome {
        let staff = try call.staff
        let id: ID<KnowledgeImport> = try call.parameter("import")
        return try await imports.confirm(id, in: staff.workspace, by: staff.agent, on: database) { outcome, transaction in
            let detail = ["created": String(outcome.created), "updated": String(outcome.updated)]
            try audit.record(AuditEvent("knowledge.imported", "import.\(id)", detail), by: staff.actor, in: transaction)
        }
    }

    private func export(_ call: Call) async throws -> Reply {
        let (workspace, format) = (try call.staff.workspace, try call.format)
        let entries = try await database.read { try knowledge.all(in: workspace, $0) }
        let text = await Task.detached { format.write(entries.map { ExchangedEntry($0.content, state: $0.state) }) }.value
        let headers: HTTPFields = [
            .contentType: format.mediaType, .contentDisposition: "attachment; filename=\"\(format.fileName)\"",
        ]
        return Reply(headers: headers, .bytes(Array(text.utf8)))
    }
}

extension Call {
    fileprivate var format: ExchangeFormat {
        get throws(Refusal) {
            guard let format: ExchangeFormat = try query("format") else { throw Refusal(.invalid, "query.format") }
            return format
        }
    }
}
