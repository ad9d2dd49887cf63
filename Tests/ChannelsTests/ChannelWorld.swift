import Basics
import Bus
import Contacts
import Logging
import Organization
import Store
import Support
import Synchronization
import Web

@testable import Channels

/// A company whose channels are served, with stand-ins for the chapter that comes after this one.
struct ChannelWorld: Sendable {
    let server: TestServer
    let company: TestCompany
    let channels: Channels
    let desk: Desk
    let folder: String

    /// `owner` and `agent` are bearers of our staff, `foreign` of another company's owner.
    static func run(_ body: @escaping @Sendable (ChannelWorld) async throws -> Void) async throws {
        let (made, desk, folder) = (Made(), Desk(), try TemporaryFolder())
        defer { folder.remove() }
        try await TestCompany.run { organization in
            made.channels = organization.channels(dataFolder: folder.path)
            let contacts = ContactAPI(
                database: organization.database, store: ContactStore(surroundings: organization.surroundings),
                facts: Facts(bus: MemoryBus()), audit: organization.audit, reach: AgentsReach()
            )
            return [contacts.feature, made.channels!.feature(opener: desk, receiving: desk, sender: InsideSender())]
        } _: { company in
            let agent = try await company.hire("Chen")
            let foreign = Staff(
                agent: agent.id, workspace: ID(rawValue: 99), name: "Eve", role: .owner, teams: [],
                permissions: company.organization.permissions.held(by: .owner)
            )
            let bearers: [String: any Caller] = [
                "owner": company.staff(company.owner), "agent": company.staff(agent), "foreign": foreign,
            ]
            let channels = made.channels!
            try await TestServer.run(company.features, bearers: bearers) { server in
                try await body(
                    ChannelWorld(server: server, company: company, channels: channels, desk: desk, folder: folder.path))
            }
        }
    }

    private final class Made { var channels: Channels? }
}

extension Organization {
    func channels(dataFolder: String) -> Channels {
        Channels(
            database: database, surroundings: surroundings, bus: MemoryBus(), sealer: Sealer(key: Array(0..<32)),
            contacts: ContactStore(surroundings: surroundings), audit: audit,
            files: AttachmentFolder(path: dataFolder + "/attachments"), logger: .silent
        )
    }
}

extension ChannelWorld {
    var database: any Database { company.database }

    /// Connects an account by the API and gives its JSON answer.
    func connect(_ json: String) async throws -> TestAnswer {
        try await server.ask("POST", "/api/channels", json, token: "owner")
    }

    func secret(of account: String, _ purpose: String) async throws -> String {
        let answer = try await server.ask("POST", "/api/channels/\(account)/secrets", #"{"of":"\#(purpose)"}"#, token: "owner")
        return answer["secret"]!
    }

    /// A visitor of a new web account.
    func visitor() async throws -> String {
        let site = try await connect(#"{"kind":"web","name":"Shop"}"#)["key"]!
        return try await server.ask("POST", "/api/visitors", #"{"site":"\#(site)"}"#)["token"]!
    }
}

/// Stands for Conversations: one conversation for each identity, and a list of what came in.
final class Desk: ConversationOpener, Receiving {
    private let received = Mutex<[Incoming]>([])
    private let pages = Mutex<[VisitedPage?]>([])

    var incoming: [Incoming] { received.withLock { $0 } }
    var lastPage: VisitedPage? { pages.withLock { $0.last ?? nil } }

    func conversation(
        for identity: Identity, of account: ChannelAccount, page: VisitedPage?, in transaction: any Transaction
    ) throws -> Int64 {
        pages.withLock { $0.append(page) }
        return identity.id.rawValue + 1
    }

    func receive(_ incoming: Incoming) async throws -> (conversation: Int64, number: Int64) {
        received.withLock { received in
            if let index = received.firstIndex(where: { $0.client == incoming.client }) { return (500, Int64(index + 1)) }
            received.append(incoming)
            return (500, Int64(received.count))
        }
    }
}
