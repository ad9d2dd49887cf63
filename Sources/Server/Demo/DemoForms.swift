/// What the demo world sends to the routes, and what it reads from their answers: the public shapes, as any client sees them.

struct Invitation: Encodable { let email: String, role: String }
struct Acceptance: Encodable { let token: String, name: String, password: String, locale: String }
struct WorkspaceForm: Encodable { let name: String, locale: String, categories: [String] }
struct TeamForm: Encodable { let name: String, members: [String] }

struct AgentChange: Encodable {
    let name: String
    let role: String
    let capacity: Int
    var isActive = true
}

struct CalendarForm: Encodable {
    let name: String
    let timeZone: String
    let week: [String: [[String]]]
    let holidays: [CalendarFile.Holiday]
    let makeUps: [CalendarFile.MakeUp]
}

struct ChannelForm: Encodable {
    var kind = "web"
    let name: String
    let locale: String
    let mode: String
    let offHoursMode: String
    let calendar: String
    let threshold: Double
    let colour: String
    let greeting: Bilingual
    let position: String
}

struct SnippetForm: Codable {
    let shortcut: String
    let title: String
    let text: String
    var isShared: Bool?

    enum CodingKeys: String, CodingKey { case shortcut, title, text, isShared = "shared" }

    var shared: Self { Self(shortcut: shortcut, title: title, text: text, isShared: true) }
}

struct QuestionForm: Encodable { let question: String }

struct Invited: Decodable { let link: String }
struct Made: Decodable { let id: String }
struct Person: Decodable { let id: String, email: String }
struct Preview: Decodable { let `import`: String }
struct Rows<Row: Decodable>: Decodable { let rows: [Row] }
struct Ignored: Decodable { init(from decoder: any Decoder) {} }
