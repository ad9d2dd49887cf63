private import Foundation

extension String {
    /// This text as a JSON string, quotes included.
    var asJSON: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try! encoder.encode(self), as: UTF8.self)
    }
}
