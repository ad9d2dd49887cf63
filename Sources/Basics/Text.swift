private import Foundation

extension String {
    /// Without control characters, zero-width ones and those that turn the direction of writing; spaces at both ends are
    /// cut and runs of white space become one space. For names of people and things, which are shown on one line.
    package var asOneLine: String {
        precomposedStringWithCanonicalMapping.unicodeScalars
            .reduce(into: String.UnicodeScalarView()) { line, scalar in
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
                    if line.last != " ", !line.isEmpty { line.append(" ") }
                case .format, .surrogate, .privateUse: break
                default: line.append(scalar)
                }
            }
            .trimmed
    }
}

extension String.UnicodeScalarView {
    fileprivate var trimmed: String {
        var text = self
        if text.last == " " { text.removeLast() }
        return String(text)
    }
}
