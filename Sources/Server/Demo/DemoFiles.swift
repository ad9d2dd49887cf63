/// A text in both languages.
struct Bilingual: Codable, Sendable {
    enum CodingKeys: String, CodingKey { case chinese = "zh-CN", english = "en" }

    let chinese: String
    let english: String

    func text(in language: String) -> String { language == "en" ? english : chinese }
}

/// `staff.json`
struct StaffFile: Decodable, Sendable {
    struct Person: Decodable, Sendable {
        let key: String
        let role: String
        let email: String
        let name: Bilingual
        let locale: String
        let capacity: Int

        func account(in language: String, password: String) -> DemoWorld.Account {
            DemoWorld.Account(name: name.text(in: language), role: role, email: email, password: password)
        }
    }

    struct Team: Decodable, Sendable { let name: Bilingual, members: [String] }

    let workspace: Bilingual
    /// The owner first.
    let agents: [Person]
    let teams: [Team]
}

/// `calendar.json`
struct CalendarFile: Decodable, Sendable {
    struct Holiday: Codable, Sendable { let from: String, to: String, name: String }
    struct MakeUp: Codable, Sendable { let date: String, intervals: [[String]], name: String }

    let name: Bilingual
    let timeZone: String
    let week: [String: [[String]]]
    let holidays: [Holiday]
    let makeUps: [MakeUp]

    func form(in language: String) -> CalendarForm {
        CalendarForm(name: name.text(in: language), timeZone: timeZone, week: week, holidays: holidays, makeUps: makeUps)
    }
}

/// `site.json`
struct SiteFile: Decodable, Sendable {
    let name: Bilingual
    let mode: String
    let offHoursMode: String
    let threshold: Double
    let colour: String
    let position: String
    let greeting: Bilingual
    /// What a conversation can be closed under, by language.
    let categories: [String: [String]]

    func form(in language: String, calendar: String) -> ChannelForm {
        ChannelForm(
            name: name.text(in: language), locale: language, mode: mode, offHoursMode: offHoursMode, calendar: calendar,
            threshold: threshold, colour: colour, greeting: greeting, position: position
        )
    }
}

/// `page.json`, of one language: what stands on the page of a company that has only one.
struct PageFile: Codable, Sendable {
    let name: String
    /// For search engines.
    let about: String
    let demo: String
    let eyebrow: String
    let heading: String
    let lead: String
    /// On the buttons that open the chat and that lead to the services.
    let talk: String
    let see: String
    /// The drawing, for those who do not see it.
    let picture: String
    let services: String
    /// Each a heading and a text.
    let panels: [[String]]
    /// What one could ask in the chat.
    let asks: [String]
    /// Heading first, then lines.
    let people: [String]
    let place: [String]
    let project: String
}
