import Support

@testable import Conversations

extension TestHouse {
    /// What those who listen to a customer's conversation were told so far, on either side.
    func told(_ customer: TestCustomer) -> (staff: [String], visitor: [String]) {
        let news = bus.told(Subject.conversation(customer.conversation)).map { News(payload: Array($0.utf8)) }
        func texts(_ side: KeyPath<News, [UInt8]>) -> [String] { news.map { String(decoding: $0[keyPath: side], as: UTF8.self) } }
        return (texts(\.staff), texts(\.visitor))
    }
}
