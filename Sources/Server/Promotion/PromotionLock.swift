import Basics
import Foundation
import Store

/// Held while a promotion of the folder's data is carried out, by whoever does it.
enum PromotionLock {
    /// For as long as the process lives; nil where somebody else holds it.
    static func take(in folder: DataFolder) -> CInt? {
        let file = open(folder.path + "/promotion.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
        close(file)
        return nil
    }

    /// Whether the promotion is carried out, as far as can be known from this folder.
    static func holder(of id: String, in folder: DataFolder) -> SwitchingDatabase.Presence {
        guard (try? Forwarding.found(in: folder.path))?.id == id else { return .elsewhere }
        return isHeld(in: folder) ? .alive : .gone
    }

    private static func isHeld(in folder: DataFolder) -> Bool {
        guard FileManager.default.fileExists(atPath: folder.path + "/promotion.lock") else { return false }
        guard let file = take(in: folder) else { return true }
        close(file)
        return false
    }
}
