import Basics
import Foundation

/// The executable: one command a word, `nightdesk help` lists them.
@main
struct Nightdesk {
    static func main() async {
        do {
            try await Command.run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            fail(Explanation(of: error).sentence)
        }
    }

    /// One clear line on standard error, and a status other than zero.
    static func fail(_ sentence: String) -> Never {
        FileHandle.standardError.write(Data("nightdesk: \(sentence)\n".utf8))
        exit(1)
    }
}
