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
        case .unreachable(let reason): "cannot use PostgreSQL: \(reason)"
        case .replaced: "this node was silent for too long and another took its place; it ends, and may be started again"
        case .tooManyNodes: "\(Nodes.most) nodes serve this database already, which is the most there can be"
        case .disk(let reason):
            "the disk failed (\(reason)); what was acknowledged before is in the database; look after the disk, then start again"
        default: "the database failed: \(error)"
        }
    }
}
