@testable import Store

extension Judge {
    /// Nobody takes a lease from a node that is here.
    func leases(_ now: Snapshot) {
        for (name, held) in now.leases.sorted(by: { $0.key < $1.key }) {
            guard let was = before.leases[name], was != held else { continue }
            world.scheduler.note("\(name) is \(held.node)'s in epoch \(held.epoch)")
            expect(held.epoch >= was.epoch, "the epoch of \(name) went from \(was.epoch) to \(held.epoch)")
            guard held.node != 0, held.node != was.node else { continue }
            expect(held.epoch > was.epoch, "\(name) was taken over within epoch \(held.epoch)")
            expect(!now.isHere(was.node), "\(name) was taken from node \(was.node), which is here")
        }
    }

    /// Whoever has lost a lease is refused, also where nothing would have changed.
    func wrote(under lease: Lease) throws {
        let isHeld = try world.memory.transact(isUndone: true) { transaction in
            try transaction.row(
                "SELECT 1 FROM lease WHERE name = \(lease.name) AND node = \(lease.node) AND epoch = \(lease.epoch)") != nil
        }.answer
        expect(isHeld, "node \(lease.node) wrote under \(lease.name), which it has lost")
    }

    /// Each is held by a node that is up.
    func leasesAtRest(_ now: Snapshot) -> [String] {
        let up = Set(world.nodes.filter(\.isUp).map(\.nodes.own))
        return now.leases.filter { !up.contains($0.value.node) }.map { "at rest nobody who is up holds \($0.key)" }.sorted()
    }
}
