/// One connection to whatever carries letters between nodes, for one thread. Any error ends it.
protocol Line: AnyObject {
    /// The largest message it carries.
    var largest: Int { get }
    /// How long hints are collected after others have been sent.
    var pace: Duration { get }
    /// What to wait for beside the bell; -1 where messages are handed over by another thread.
    var socket: CInt { get }

    /// Where hints of this subject go; hints with the same address travel together.
    func address(of subject: String) -> String
    /// Where nodes tell each other that hints were lost.
    var noticeBoard: String { get }

    /// Returns when the changes are in force.
    func listen(to added: [String], ignore removed: [String]) throws
    func send(_ letters: [(address: String, bytes: [UInt8])]) throws
    /// Takes what has come.
    func receive() throws
    /// Throws when nobody answers any more.
    func check() throws
    func close()
}
