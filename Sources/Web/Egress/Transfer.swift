import Basics
import CCurl
import HTTPTypes
import Synchronization

/// One request and its answer, spoken by libcurl (https://curl.se/libcurl/c/libcurl-easy.html).
///
/// Whoever asks sets it up; once it is handed to the courier, only the courier's thread touches it.
final class Transfer: @unchecked Sendable {
    /// Of libcurl's easy interface.
    let handle: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private var received: [UInt8] = []
    private let largestAnswer: Int
    private var isTooLarge = false
    private let taking: (@Sendable ([UInt8]) -> Bool)?
    private var isEnough = false
    private let givenUp = Atomic(false)
    /// Set before it is handed over; resumed once.
    var whenDone: CheckedContinuation<Egress.Answer, any Error>?

    /// - Parameters:
    ///   - address: where to connect, whatever host the URL names.
    ///   - timeout: for everything, from connecting to the last byte of the answer.
    ///   - largestAnswer: in bytes.
    ///   - authorities: a file of certificates that is trusted instead of the system's.
    ///   - keepsConnection: whether the next to the same address goes over the same connection.
    init(
        _ request: Egress.Request, at address: NetworkAddress, timeout: Duration, largestAnswer: Int, authorities: String?,
        keepsConnection: Bool = false
    ) throws {
        handle = curl_easy_init()
        (self.largestAnswer, taking) = (largestAnswer, request.taking)
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_PROXY, "")
        if let authorities { try set(CURLOPT_CAINFO, authorities) }
        try set(CURLOPT_CONNECT_TO, ["::\(address.inURL):"])
        try set(CURLOPT_TIMEOUT_MS, Int(timeout.milliseconds))
        try set(CURLOPT_NOSIGNAL, 1)
        // On a kept connection that has died libcurl would send again by itself; repeating is for the asker to decide.
        try set(CURLOPT_FRESH_CONNECT, keepsConnection ? 0 : 1)
        try set(CURLOPT_FORBID_REUSE, keepsConnection ? 0 : 1)
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        if request.method == .head { try set(CURLOPT_NOBODY, 1) }
        if request.hasBody { try check(curl_shim_set_body(handle, request.body, request.body.count)) }
        try set(CURLOPT_HTTPHEADER, Self.lines(of: request))
        curl_shim_set_taker(
            handle,
            { bytes, _, count, transfer in
                let bytes = UnsafeRawBufferPointer(start: bytes, count: count)
                return Unmanaged<Transfer>.fromOpaque(transfer!).takeUnretainedValue().take(bytes)
            }, Unmanaged.passUnretained(self).toOpaque()
        )
    }

    deinit {
        curl_easy_cleanup(handle)
        lists.forEach(curl_slist_free_all)
    }

    var isGivenUp: Bool { givenUp.load(ordering: .relaxed) }
    func giveUp() { givenUp.store(true, ordering: .relaxed) }

    /// libcurl is through with it.
    func finish(_ code: CURLcode) {
        switch code {
        case CURLE_OK: whenDone?.resume(returning: answer)
        case _ where isEnough: whenDone?.resume(returning: answer)
        case _ where isTooLarge: whenDone?.resume(throwing: Egress.Failure.tooLarge)
        case CURLE_OPERATION_TIMEDOUT: whenDone?.resume(throwing: Egress.Failure.timedOut)
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: whenDone?.resume(throwing: Egress.Failure.url)
        case CURLE_COULDNT_CONNECT: whenDone?.resume(throwing: Egress.ConnectionRefused(reason: Self.reason(of: code)))
        default: whenDone?.resume(throwing: Egress.Failure.unreachable(Self.reason(of: code)))
        }
        whenDone = nil
    }

    private static func reason(of code: CURLcode) -> String { String(cString: curl_easy_strerror(code)) }

    func cancel() {
        whenDone?.resume(throwing: CancellationError())
        whenDone = nil
    }

    /// Takes a piece of the answer's body; fewer bytes than there are tell libcurl to stop.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        isTooLarge = received.count + bytes.count > largestAnswer
        if isTooLarge { return 0 }
        received.append(contentsOf: bytes)
        if let taking, !taking(Array(bytes)) {
            isEnough = true
            return 0
        }
        return bytes.count
    }

    private var answer: Egress.Answer {
        Egress.Answer(status: HTTPResponse.Status(code: Int(curl_shim_status(handle))), headers: headers, body: received)
    }

    /// Of the last answer: interim ones (100, 103) do not count.
    private var headers: HTTPFields {
        var fields = HTTPFields()
        var header = curl_easy_nextheader(handle, UInt32(CURLH_HEADER), -1, nil)
        while let found = header {
            if let name = HTTPField.Name(String(cString: found.pointee.name)) {
                fields.append(HTTPField(name: name, value: String(cString: found.pointee.value)))
            }
            header = curl_easy_nextheader(handle, UInt32(CURLH_HEADER), -1, found)
        }
        return fields
    }

    /// libcurl drops a header whose value is empty unless it ends with a semicolon, adds a type to every body, and asks
    /// before it sends a large one.
    private static func lines(of request: Egress.Request) -> [String] {
        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        if request.headers[.contentType] == nil { lines.append("Content-Type:") }
        return lines + ["Expect:"]
    }

    private func set(_ option: CURLoption, _ value: String) throws { try check(curl_shim_set_text(handle, option, value)) }
    private func set(_ option: CURLoption, _ value: Int) throws { try check(curl_shim_set_number(handle, option, value)) }

    /// libcurl reads the list where it is: it lives as long as the transfer.
    private func set(_ option: CURLoption, _ lines: [String]) throws {
        guard let list = lines.reduce(nil, { curl_slist_append($0, $1) }) else { return try check(CURLE_OUT_OF_MEMORY) }
        lists.append(list)
        try check(curl_shim_set_list(handle, option, list))
    }

    /// An option that was not taken might leave a door open: then nothing is dialled.
    private func check(_ code: CURLcode) throws {
        guard code == CURLE_OK else { throw Egress.Failure.unreachable(Self.reason(of: code)) }
    }
}

extension NetworkAddress {
    /// As a URL writes it: IPv6 in brackets.
    fileprivate var inURL: String { bytes.count == 16 ? "[\(self)]" : description }
}
