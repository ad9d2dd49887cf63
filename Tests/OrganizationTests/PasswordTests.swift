import Basics
import Support
import Testing
import Web

@testable import Organization

@Suite struct PasswordTests {
    @Test(arguments: [
        ("short pass", nil), ("ninechars", "password.short"), ("Password123", "password.common"),
        ("1234567890", "password.common"), ("aaaaaaaaaaaaaa", "password.common"), ("woaini1314", "password.common"),
        ("一二三四五六七八九十", nil), (String(repeating: "xyzabc", count: 200), "password.long"),
    ])
    func `a password has ten characters and is none that everybody tries first`(text: String, code: String?) {
        var refused: Refusal?
        do { _ = try Password(text) } catch { refused = error }
        #expect(refused?.code == code)
    }

    @Test func `a hash names its parameters and matches its password only`() throws {
        let hash = try PasswordHash(of: "correct horse battery", salt: [UInt8](0..<16))
        #expect(hash.text.hasPrefix("$scrypt$ln=15,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$"))
        #expect(try hash.matches("correct horse battery"))
        #expect(try !hash.matches("correct horse batterz"))
    }

    /// The third vector of RFC 7914 §12: another implementation's hash, with fewer rounds.
    @Test func `a hash with other parameters still works`() throws {
        let hash = PasswordHash(text: "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU=$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI=")
        #expect(try hash.matches("pleaseletmein"))
        #expect(try !hash.matches("pleaseletmeinn"))
    }

    @Test func `letters composed differently are the same password`() throws {
        let hash = try PasswordHash(of: "caf\u{e9} caf\u{e9} 12", salt: [1])
        #expect(try hash.matches("cafe\u{301} cafe\u{301} 12"))
    }

    @Test(arguments: ["", "$", "$scrypt$$$", "$scrypt$ln=99,r=8,p=1$AA==$AA==", "plain", "$scrypt$ln=15,r=8,p=1$AA==$"])
    func `a damaged hash matches nothing`(text: String) throws {
        #expect(try !PasswordHash(text: text).matches(""))
    }

    @Test func `nobody's hash matches no password`() async throws {
        let work = PasswordWork()
        #expect(try await !work.isRight("correct horse battery", for: nil))
        #expect(try await !work.isRight("", for: nil))
    }

    @Test func `a long line of hashing is refused rather than waited for`() async throws {
        let work = PasswordWork()
        let busy = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<80 {
                group.addTask {
                    do {
                        _ = try await work.isRight("x", for: PasswordHash(text: "$scrypt$ln=10,r=8,p=1$AA==$AA=="))
                        return false
                    } catch let refusal as Refusal { return refusal.kind == .unavailable }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(busy <= 16)
    }
}

@Suite struct AttemptLimitTests {
    private let limit = AttemptLimit(most: 10, within: .seconds(300))
    private let start = Timestamp(milliseconds: 1_000_000)

    @Test func `the eleventh failure within five minutes is postponed until the first is five minutes old`() throws {
        for second in 0..<10 { try limit.admit(["a"], at: start + .seconds(second)) }
        let postponed = Postponed(Refusal(.tooMany, "sign-in.too-many"), retryAfter: .seconds(290))
        #expect(throws: postponed) { try limit.admit(["a"], at: start + .seconds(10)) }
        try limit.admit(["a"], at: start + .seconds(300))
    }

    @Test func `one full key is enough, and a refused attempt counts under none`() throws {
        for _ in 0..<10 { try limit.admit(["address", "lin"], at: start) }
        #expect(throws: Postponed.self) { try limit.admit(["elsewhere", "lin"], at: start) }
        for _ in 0..<10 { try limit.admit(["elsewhere"], at: start) }
    }

    @Test func `who succeeds uses nothing up`() throws {
        for _ in 0..<50 {
            try limit.admit(["a"], at: start)
            limit.forgive(["a"], at: start)
        }
    }
}
