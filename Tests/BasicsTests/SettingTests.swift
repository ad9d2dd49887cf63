import Testing

@testable import Basics

@Suite struct SettingTests {
    private let port = Setting(key: "serve.port", fallback: 8080, explanation: "Where to listen.")
    private let isProxied = Setting(key: "serve.proxy", fallback: false, explanation: "Whether a proxy stands in front.")

    @Test func `what is set is in force, else the fallback`() {
        #expect(Settings(["serve.port": "9000"])[port] == 9000)
        #expect(Settings()[port] == 8080)
        #expect(Settings(["serve.proxy": "true"])[isProxied])
    }

    @Test(arguments: ["", "80 80", "0x50", "eighty", "9999999999999999999"])
    func `a word that is no value of the setting is not accepted`(word: String) {
        #expect(!SettingDeclaration(port).accepts(word))
        #expect(Settings(["serve.port": word])[port] == 8080)
    }

    @Test func `a declaration says everything without the type`() {
        let declaration = SettingDeclaration(isProxied)
        #expect(declaration.key == "serve.proxy")
        #expect(declaration.fallback == "false")
        #expect(declaration.explanation == "Whether a proxy stands in front.")
        #expect(declaration.accepts("true") && !declaration.accepts("yes"))
    }
}
