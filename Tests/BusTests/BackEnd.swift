import Bus

/// The back ends that keep the promises of ``BusContractTests``: a new one is one more case here.
enum BackEnd: CaseIterable, Sendable {
    case memory

    /// A bus of its own for one test.
    func make() async throws -> any Bus {
        switch self {
        case .memory: MemoryBus()
        }
    }
}
