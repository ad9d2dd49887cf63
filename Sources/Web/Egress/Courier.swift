import CCurl
import Foundation
import Synchronization

/// The thread on which all requests that leave are under way at once (https://curl.se/libcurl/c/libcurl-multi.html).
final class Courier: Sendable {
    static let shared = Courier()

    private struct Tray {
        var arrivals: [Transfer] = []
        var hasLeavers = false
    }

    private let tray = Mutex(Tray())
    /// Of libcurl's multi interface: for the thread alone, but for waking it.
    private nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    private init() {
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        multi = curl_multi_init()
        let thread = Thread { [self] in work() }
        thread.name = "web.egress"
        thread.start()
    }

    func bring(_ transfer: Transfer) async throws -> Egress.Answer {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                transfer.whenDone = continuation
                tray.withLock { $0.arrivals.append(transfer) }
                curl_multi_wakeup(multi)
            }
        } onCancel: {
            transfer.giveUp()
            tray.withLock { $0.hasLeavers = true }
            curl_multi_wakeup(multi)
        }
    }

    private func work() {
        var underWay: [UnsafeMutableRawPointer: Transfer] = [:]
        while true {
            let (arrivals, hasLeavers) = tray.withLock { tray in
                defer { tray = Tray() }
                return (tray.arrivals, tray.hasLeavers)
            }
            for transfer in arrivals {
                underWay[transfer.handle] = transfer
                guard curl_multi_add_handle(multi, transfer.handle) == CURLM_OK else {
                    underWay.removeValue(forKey: transfer.handle)?.finish(CURLE_FAILED_INIT)
                    continue
                }
            }
            // Some leave before they arrive.
            if hasLeavers || arrivals.contains(where: \.isGivenUp) { dismiss(from: &underWay) }
            moveOn(&underWay)
            curl_multi_poll(multi, nil, 0, 60_000, nil)
        }
    }

    private func dismiss(from underWay: inout [UnsafeMutableRawPointer: Transfer]) {
        for (handle, transfer) in underWay where transfer.isGivenUp {
            curl_multi_remove_handle(multi, handle)
            underWay[handle] = nil
            transfer.cancel()
        }
    }

    private func moveOn(_ underWay: inout [UnsafeMutableRawPointer: Transfer]) {
        var count: Int32 = 0
        curl_multi_perform(multi, &count)
        while let message = curl_multi_info_read(multi, &count)?.pointee {
            guard message.msg == CURLMSG_DONE, let handle = message.easy_handle else { continue }
            let code = message.data.result
            curl_multi_remove_handle(multi, handle)
            underWay.removeValue(forKey: handle)?.finish(code)
        }
    }
}
