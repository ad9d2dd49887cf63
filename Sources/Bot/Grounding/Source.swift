package import Conversations

/// A published text that an answer may rest on.
package struct Source: Hashable, Sendable {
    package let cited: Cited
    package let text: String

    package init(_ cited: Cited, text: String) { (self.cited, self.text) = (cited, text) }

    /// No longer than the model is given, so that what is checked is what was read.
    static let longest = 2_000
}
