import Basics
import Bus
import Store
import Web

/// An error as one sentence for the person at the terminal.
struct Explanation {
    let sentence: String

    init(of error: any Error) {
        sentence =
            switch error {
            case let misuse as Misuse: misuse.sentence
            case let store as StoreError: Self.sentence(store)
            case let bus as BusError: "cannot carry hints between nodes: \(bus.reason)"
            case let refusal as Refusal: refusal.detail ?? refusal.code
            case let promotion as PromotionError: Self.sentence(promotion)
            case let trouble as ShopTrouble: trouble.description
            default: "\(error)"
            }
    }

    private static func sentence(_ error: StoreError) -> String {
        switch error {
        case .newerVersion(let unknown):
            "this database was written by a newer version (it knows \(unknown.joined(separator: ", "))); install that version or restore a backup"
        case .changedMigration(let name): "the schema step \(name) is not the one that made this database"
        case .unwritable(let path, let reason): "cannot write to \(path): \(reason)"
        case .damaged(let reason): "the database is damaged: \(reason); restore a backup"
        case .full: "the disk is full"
        case .unknown(let reason):
            "PostgreSQL was lost while it committed (\(reason)); what was under way is done or it is not: look before you do it again"
        case .moved: "the data has just moved to another database; try again"
        case .unreachable(let reason): "cannot use PostgreSQL: \(reason)"
        case .replaced: "this node was silent for too long and another took its place; it ends, and may be started again"
        case .tooManyNodes: "\(Nodes.most) nodes serve this database already, which is the most there can be"
        case .disk(let reason):
            "the disk failed (\(reason)); what was acknowledged before is in the database; look after the disk, then start again"
        default: "the database failed: \(error)"
        }
    }

    /// In each of these cases everything is as it was.
    private static func sentence(_ error: PromotionError) -> String {
        switch error {
        case .notEmpty: "the target is not empty, and what it holds is no copy of this installation; name an empty database"
        case .otherSchema(let table): "the two databases do not have the same schema: the table \(table) differs"
        case .differs(let table): "the copy is not what it should be: the table \(table) differs; nothing was switched"
        case .unwitnessed:
            "the server that runs from this folder does not go along: it is of an older version, or cannot reach the target (see its log)"
        case .shared: "several nodes use this PostgreSQL; stop all but the one of this folder, then try again"
        case .tooBusy: "writing would have waited for more than a second; nothing was switched; try again when less is going on"
        }
    }
}
