import Basics
import Crypto
import CryptoExtras
import Foundation

/// A password somebody chose, checked.
struct Password: Sendable {
    let text: String

    init(_ text: String) throws(Refusal) {
        guard text.count >= 10 else { throw Refusal(.invalid, "password.short", detail: "at least 10 characters") }
        guard text.utf8.count <= Self.longest else { throw Refusal(.invalid, "password.long") }
        let plain = text.lowercased()
        guard !Self.common.contains(plain), Set(plain).count >= 4 else { throw Refusal(.invalid, "password.common") }
        self.text = text
    }

    static let longest = 1000

    /// Those of ten characters and more that head every list of leaked passwords, here and in China.
    private static let common: Set<String> = [
        "0123456789", "1234567890", "12345678910", "123456789a", "a123456789", "1234567891", "0987654321", "9876543210",
        "qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456", "1q2w3e4r5t", "1qaz2wsx3edc", "q1w2e3r4t5", "qazwsxedcrfv",
        "password12", "password123", "password1234", "password123!", "passw0rd123", "p@ssw0rd123", "p@ssword123",
        "administrator", "adminadmin", "admin12345", "admin123456", "admin@1234", "administrator1", "welcome123", "welcome1234",
        "letmein123", "iloveyou123", "iloveyou12", "abcdefghij", "abc1234567", "abcd123456", "abc123456789", "aa123456789",
        "asdfghjkl;", "asdfghjkl1", "zxcvbnm123", "changeme123", "football123", "baseball123", "superman123", "princess123",
        "woaini1314", "woaini520", "woaini5201314", "5201314520", "1314520520", "qq123456789", "aini1314520", "wang123456",
        "zhang123456", "li123456789", "qwe123456789", "asd123456789", "zxc123456789", "147258369a", "1472583690", "q123456789",
        "nightdesk1", "nightdesk123", "nightdesk1234", "customerservice", "kefu123456", "test123456", "testtest123",
    ]
}

/// scrypt (RFC 7914) with its parameters written beside the result, so that they can rise later:
/// `$scrypt$ln=15,r=8,p=1$salt$key`.
struct PasswordHash: Sendable {
    private static let (logRounds, blockSize, parallelism, length) = (15, 8, 1, 32)

    let text: String

    init(text: String) { self.text = text }

    /// Takes about a tenth of a second and 32 MiB.
    init(of password: String, salt: [UInt8]) throws {
        let key = try Self.key(password, salt, Self.logRounds, Self.blockSize, Self.parallelism)
        let parameters = "ln=\(Self.logRounds),r=\(Self.blockSize),p=\(Self.parallelism)"
        text = "$scrypt$\(parameters)$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
    }

    /// Compared in full, wherever the first difference is.
    func matches(_ password: String) throws -> Bool {
        let parts = text.split(separator: "$").map(String.init)
        guard
            parts.count == 4, parts[0] == "scrypt", let numbers = Self.numbers(parts[1]),
            let salt = Data(base64Encoded: parts[2]), let stored = Data(base64Encoded: parts[3]), !stored.isEmpty
        else { return false }
        let key = try Self.key(password, [UInt8](salt), numbers[0], numbers[1], numbers[2])
        return key.count == stored.count && zip(key, stored).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func numbers(_ text: String) -> [Int]? {
        let numbers = text.split(separator: ",").compactMap { $0.split(separator: "=").last.flatMap { Int($0) } }
        return numbers.count == 3 && (1...20).contains(numbers[0]) ? numbers : nil
    }

    /// The same password typed on another keyboard may be composed differently: both are brought to one form.
    private static func key(_ password: String, _ salt: [UInt8], _ log: Int, _ block: Int, _ parallel: Int) throws -> [UInt8] {
        let plain = Array(password.precomposedStringWithCompatibilityMapping.utf8)
        return try KDF.Scrypt.deriveKey(
            from: plain, salt: salt, outputByteCount: length, rounds: 1 << log, blockSize: block, parallelism: parallel
        ).withUnsafeBytes { [UInt8]($0) }
    }
}
