/// A text with names in braces: `Order {order} is {parcel.status}.`
enum Template {
    private static let pattern = Pattern("\\{([^{}\\s]{1,80})\\}")

    static func names(in text: String) -> [String] { pattern.matches(in: text).compactMap { $0[1] } }

    /// A name that nothing is known of leaves a dash.
    static func filled(_ text: String, _ value: (String) -> String?) -> String {
        pattern.replacing(in: text) { match in match[1].map { value($0) ?? "–" } }
    }
}
