import Basics
import Channels
import Organization
package import Web

/// Lets visitors and desks in, says welcome, and starts what they listen to.
package final class LiveGate: Gate {
    private let hub: LiveHub
    private let visits: Visits
    private let serving: Serving
    private let welcomes: DeskWelcomes
    private let authenticate: @Sendable (Proof) async throws -> (any Caller)?

    init(
        hub: LiveHub, visits: Visits, serving: Serving, welcomes: DeskWelcomes,
        authenticate: @escaping @Sendable (Proof) async throws -> (any Caller)?
    ) {
        (self.hub, self.visits, self.serving, self.welcomes) = (hub, visits, serving, welcomes)
        self.authenticate = authenticate
    }

    private struct Hello: Decodable {
        let token: String?
        let `as`: String?
        let since: Int64?
    }

    package func enter(_ hello: [UInt8], call: Call, link: any Link) async throws -> (caller: any Caller, welcome: Frame) {
        guard let hello = try? JSON.read(Hello.self, from: hello, ignoresUnknown: true) else {
            throw Refusal(.malformed, "frame.malformed")
        }
        let caller = try await caller(proving: hello, call)
        do {
            switch (caller, hello.as) {
            case (let visitor as Visitor, "visitor"), (let visitor as Visitor, nil):
                return (visitor, try await enter(visitor, since: hello.since, link))
            case (let staff as Staff, "desk"), (let staff as Staff, nil):
                return (staff, try await enter(staff, link))
            default: throw Refusal(.unauthorized, "hello.token")
            }
        } catch {
            // Nobody calls `leave` for a connection that never got its welcome.
            leave(link)
            throw error
        }
    }

    package func leave(_ link: any Link) {
        guard case .desk(let staff) = hub.remove(link)?.kind else { return }
        let dispatching = serving.dispatching
        Task { try await dispatching.deskChanged(of: staff.agent, workspace: staff.workspace, isConnected: false) }
    }

    private func caller(proving hello: Hello, _ call: Call) async throws -> any Caller {
        if let caller = call.caller, hello.token == nil { return caller }
        guard let caller = try await authenticate(Proof(bearer: hello.token, cookie: nil)) else {
            throw Refusal(.unauthorized, "hello.token")
        }
        return caller
    }

    /// Listening starts before the welcome is read, so that nothing falls between the two;
    /// what is told twice has the same number.
    private func enter(_ visitor: Visitor, since: Int64?, _ link: any Link) async throws -> Frame {
        let conversation = ID<Conversation>(rawValue: visitor.conversation)
        hub.add(link, as: .visitor(visitor))
        hub.listen(link, to: conversation)
        let welcome = try await visits.welcome(to: conversation, since: since)
        hub.begin(conversation, at: welcome.conversation.last)
        return Frame(try WelcomeFrame(welcome: welcome).wire)
    }

    private func enter(_ staff: Staff, _ link: any Link) async throws -> Frame {
        hub.add(link, as: .desk(staff))
        try await serving.dispatching.deskChanged(of: staff.agent, workspace: staff.workspace, isConnected: true)
        let (welcome, own) = try await welcomes.welcome(staff)
        for (conversation, last) in own {
            hub.listen(link, to: conversation)
            hub.begin(conversation, at: last)
        }
        return Frame(try welcome.wire)
    }
}

/// The first frame of a visitor's connection.
private struct WelcomeFrame: Fact {
    static let name = "welcome"
    let welcome: Visits.Welcome

    init(welcome: Visits.Welcome) { self.welcome = welcome }
    init(from decoder: any Decoder) throws { welcome = try Visits.Welcome(from: decoder) }
    func encode(to encoder: any Encoder) throws { try welcome.encode(to: encoder) }
}
