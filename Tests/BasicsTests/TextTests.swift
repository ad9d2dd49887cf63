import Testing

@testable import Basics

@Suite struct TextTests {
    @Test(arguments: [
        ("  Lin \t Yue\n", "Lin Yue"), ("王\u{200B}芳", "王芳"), ("a\u{202E}gpj.exe", "agpj.exe"), ("\u{0}\u{1F}", ""),
        ("e\u{301}", "é"), ("a\u{3000}b", "a b"), ("x\u{2028}y", "x y"), ("😀 ok", "😀 ok"),
    ])
    func `a line holds nothing invisible`(text: String, line: String) { #expect(text.asOneLine == line) }
}
