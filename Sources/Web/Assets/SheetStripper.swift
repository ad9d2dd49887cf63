/// Takes comments and needless space out of a style sheet.
enum SheetStripper {
    private static let space = Set(" \t\n\r".utf8)
    /// Around these no space counts.
    private static let marks = Set("{};,".utf8)

    static func strip(_ source: [UInt8]) -> [UInt8] {
        var stripped: [UInt8] = []
        var isApart = false
        for byte in source.replacing(source.spans(from: "/*", to: "*/"), with: { _ in [] }) {
            if space.contains(byte) {
                isApart = true
                continue
            }
            if isApart, let last = stripped.last, !marks.contains(last), !marks.contains(byte) {
                stripped.append(UInt8(ascii: " "))
            }
            stripped.append(byte)
            isApart = false
        }
        return stripped
    }
}
