import Basics
import HTTPTypes
import Synchronization
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct S3SignatureTests {
    /// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
    @Test(arguments: [
        ([("lifecycle", "")], "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ([("prefix", "J"), ("max-keys", "2")], "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ])
    func `a request is signed as Amazon's own examples are`(query: [(String, String)], signature: String) {
        let signer = S3Signature(
            region: "us-east-1", keyID: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        let headers = signer.headers(
            .get, host: "examplebucket.s3.amazonaws.com", path: "/", query: query.map { (name: $0.0, value: $0.1) },
            contentHash: S3Signature.hash(of: []), at: Timestamp(milliseconds: 1_369_353_600_000))
        #expect(headers[HTTPField.Name("x-amz-date")!] == "20130524T000000Z")
        let credential = "Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"
        #expect(
            headers[.authorization]
                == "AWS4-HMAC-SHA256 \(credential),SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=\(signature)")
    }

    @Test(arguments: [
        ("s3://files/desk", "https://minio.example:9000", "s3://files/desk at https://minio.example:9000"),
        ("s3://files", "http://10.0.0.5/", "s3://files at http://10.0.0.5"),
        ("s3://files/a/b/", "https://Store.example:443/s3", "s3://files/a/b at https://store.example/s3"),
    ])
    func `a place and its endpoint are understood`(place: String, endpoint: String, address: String) {
        #expect(BucketAddress(place, endpoint: endpoint)?.description == address)
    }

    @Test(arguments: [
        ("s3://", "https://a.example"), ("s3://F", "https://a.example"), ("s3://files/../x", "https://a.example"),
        ("s3://files//x", "https://a.example"), ("s3://files/a?b", "https://a.example"), ("s3://files", "a.example"),
        ("s3://files", "ftp://a.example"), ("s3://files", "https://me:secret@a.example"), ("s3://files", "https://a.example/?x"),
    ])
    func `what cannot be signed as it goes out is no address`(place: String, endpoint: String) {
        #expect(BucketAddress(place, endpoint: endpoint) == nil)
    }

    @Test func `a listing is read`() {
        let answer = """
            <?xml version="1.0"?><ListBucketResult><Name>files</Name><IsTruncated>true</IsTruncated>
            <Contents><Key>desk/ab/c&amp;d</Key><LastModified>2026-11-22T13:00:00.500Z</LastModified><Size>1</Size></Contents>
            <Contents>
              <LastModified>2026-11-22T13:00:00Z</LastModified><Key>desk/x</Key></Contents>
            <NextContinuationToken>1/&lt;=&gt;</NextContinuationToken></ListBucketResult>
            """
        let listing = BucketListing(Array(answer.utf8), without: "desk/")
        #expect(listing.objects.map(\.key) == ["ab/c&d", "x"])
        #expect(listing.objects.map(\.written.milliseconds) == [1_795_352_400_500, 1_795_352_400_000])
        #expect(listing.next == "1/<=>")
        #expect(BucketListing(Array("<ListBucketResult></ListBucketResult>".utf8)).next == nil)
    }
}

/// A store that answers what the test says.
@Suite(.timeLimit(.minutes(1))) struct BucketTests {
    private final class Asked: Sendable { let count = Atomic(0) }

    private func withBucket(
        answering answer: @escaping @Sendable (_ attempt: Int) async throws -> Reply,
        _ body: @escaping @Sendable (Bucket, Asked) async throws -> Void
    ) async throws {
        let asked = Asked()
        let take: @Sendable (Call) async throws -> Reply = { _ in
            try await answer(asked.count.wrappingAdd(1, ordering: .relaxed).newValue)
        }
        let open = Access.open(because: "test")
        let routes = [
            Route(.get, "/files/desk/a", access: open, summary: "", gives: [], handle: take),
            Route(.put, "/files/desk/a", access: open, summary: "", limit: 4 << 20, takes: ["*/*"], gives: [], handle: take),
        ]
        try await withServer(kitchen(routes: routes)) { port in
            let address = BucketAddress("s3://files/desk", endpoint: "http://127.0.0.1:\(port)")!
            let bucket = Bucket(
                address, region: "us-east-1", keyID: "id", secret: "secret", timeout: .milliseconds(500),
                pauses: [.milliseconds(1), .milliseconds(1)], now: { Timestamp(milliseconds: 0) })
            try await body(bucket, asked)
        }
    }

    private static func failure(_ status: Int, _ code: String) -> Reply {
        Reply(.init(code: status), .bytes(Array("<Error><Code>\(code)</Code></Error>".utf8)))
    }

    @Test(arguments: [500, 503, 429])
    func `what failed by the way is tried again`(status: Int) async throws {
        try await withBucket(answering: { $0 < 3 ? Self.failure(status, "SlowDown") : Reply(.ok, .bytes([1, 2])) }) {
            bucket, asked in
            let content = try await bucket.get("a")
            #expect(content == [1, 2] && asked.count.load(ordering: .relaxed) == 3)
        }
    }

    @Test func `a store that goes on failing is told as it is`() async throws {
        try await withBucket(answering: { _ in Self.failure(500, "InternalError") }) { bucket, asked in
            await #expect(throws: BucketFailure.refused(status: 500, code: "InternalError")) {
                try await bucket.put([1], as: "a")
            }
            #expect(asked.count.load(ordering: .relaxed) == 3)
        }
    }

    @Test func `a slow store is given up, not asked again`() async throws {
        let slow: @Sendable (Int) async throws -> Reply = { _ in
            try await Task.sleep(for: .seconds(30))
            return Reply()
        }
        try await withBucket(answering: slow) { bucket, asked in
            await #expect(throws: BucketFailure.unreachable("no answer in time")) { try await bucket.get("a") }
            #expect(asked.count.load(ordering: .relaxed) == 1)
        }
    }

    @Test(arguments: [
        (403, "SignatureDoesNotMatch", BucketFailure.denied(code: "SignatureDoesNotMatch")), (404, "NoSuchBucket", .noBucket),
        (301, "PermanentRedirect", .refused(status: 301, code: "PermanentRedirect")),
    ])
    func `a no is told at once`(status: Int, code: String, failure: BucketFailure) async throws {
        try await withBucket(answering: { _ in Self.failure(status, code) }) { bucket, asked in
            await #expect(throws: failure) { try await bucket.get("a") }
            #expect(asked.count.load(ordering: .relaxed) == 1)
        }
    }

    @Test func `what is not there is nothing, and a store without ranges gives the part, too`() async throws {
        try await withBucket(answering: { _ in Self.failure(404, "NoSuchKey") }) { bucket, _ in
            let content = try await bucket.get("a")
            #expect(content == nil)
        }
        try await withBucket(answering: { _ in Reply(.ok, .bytes([0, 1, 2, 3])) }) { bucket, _ in
            let part = try await bucket.get("a", 1..<3)
            #expect(part == [1, 2])
        }
    }

    @Test func `nobody there is said so`() async throws {
        let address = BucketAddress("s3://files", endpoint: "http://127.0.0.1:1")!
        let bucket = Bucket(address, region: "x", keyID: "id", secret: "secret", pauses: [], now: { Timestamp(milliseconds: 0) })
        await #expect(throws: BucketFailure.unreachable("Couldn't connect to server")) { try await bucket.get("a") }
    }
}
