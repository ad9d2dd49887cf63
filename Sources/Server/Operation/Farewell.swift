import Synchronization

/// Whether this process was told to stop: it goes on serving for a while, and sends nobody new its way.
final class Farewell: Sendable {
    private let said = Atomic(false)

    var isSaid: Bool { said.load(ordering: .relaxed) }
    func say() { said.store(true, ordering: .relaxed) }
}
