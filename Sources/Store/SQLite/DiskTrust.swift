import GRDB
import Logging
import Synchronization

/// Whether the disk still keeps what it is given. After a failed sync nobody can know: the kernel may have dropped the pages and
/// report success the next time (https://wiki.postgresql.org/wiki/Fsync_Errors), so from then on nothing is acknowledged.
final class DiskTrust: Sendable {
    private let known = Mutex<StoreError?>(nil)
    private let onLoss: @Sendable (StoreError) -> Void

    init(onLoss: @escaping @Sendable (StoreError) -> Void) { self.onLoss = onLoss }

    /// Why nothing may be acknowledged any more; nil while all is well.
    var loss: StoreError? { known.withLock { $0 } }

    /// To be told of every failure to bring something to the disk. What it did not take at all (it is full, or a quota is used up)
    /// is refused and nothing more.
    func heed(_ error: any Error) {
        guard (error as? DatabaseError)?.extendedResultCode != .SQLITE_IOERR_WRITE else { return }
        guard case let error as StoreError = mapped(error), case .disk(let reason) = error else { return }
        let isFirst = known.withLock { known in
            defer { known = known ?? error }
            return known == nil
        }
        guard isFirst else { return }
        log.critical("the disk failed; nothing is acknowledged from now on", metadata: ["reason": "\(reason)"])
        onLoss(error)
    }
}
