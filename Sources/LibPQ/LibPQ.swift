import Foundation

/// PostgreSQL's C library (https://www.postgresql.org/docs/15/libpq.html), loaded when the first PostgreSQL is opened: the
/// embedded default runs where it is not installed. Every member is the function of the library that its docstring or name
/// says; their manual is libpq's.
package struct LibPQ: Sendable {
    package typealias Connection = OpaquePointer
    package typealias Result = OpaquePointer
    package typealias Text = UnsafePointer<CChar>

    package let connect: @convention(c) (Text) -> Connection?
    private let connectParameters: @convention(c) (UnsafePointer<Text?>, UnsafePointer<Text?>, CInt) -> Connection?
    private let ping: @convention(c) (UnsafePointer<Text?>, UnsafePointer<Text?>, CInt) -> CInt
    package let finish: @convention(c) (Connection) -> Void
    package let status: @convention(c) (Connection) -> CInt
    package let errorMessage: @convention(c) (Connection) -> Text
    package let serverVersion: @convention(c) (Connection) -> CInt
    package let socket: @convention(c) (Connection) -> CInt
    package let setNoticeProcessor:
        @convention(c) (Connection, @convention(c) (UnsafeMutableRawPointer?, Text?) -> Void, UnsafeMutableRawPointer?) ->
            UnsafeMutableRawPointer?

    package let enterPipelineMode: @convention(c) (Connection) -> CInt
    package let sendPrepare: @convention(c) (Connection, Text, Text, CInt, UnsafePointer<UInt32>?) -> CInt
    package let sendQueryPrepared:
        @convention(c) (
            Connection, Text, CInt, UnsafePointer<Text?>?, UnsafePointer<CInt>?, UnsafePointer<CInt>?, CInt
        ) -> CInt
    package let sendQueryParams:
        @convention(c) (
            Connection, Text, CInt, UnsafePointer<UInt32>?, UnsafePointer<Text?>?, UnsafePointer<CInt>?, UnsafePointer<CInt>?,
            CInt
        ) -> CInt
    package let pipelineSync: @convention(c) (Connection) -> CInt
    package let getResult: @convention(c) (Connection) -> Result?

    package let setNonBlocking: @convention(c) (Connection, CInt) -> CInt
    package let sendQuery: @convention(c) (Connection, Text) -> CInt
    package let flush: @convention(c) (Connection) -> CInt
    package let isBusy: @convention(c) (Connection) -> CInt

    package let resultStatus: @convention(c) (Result) -> CInt
    package let resultErrorField: @convention(c) (Result, CInt) -> Text?
    package let rowCount: @convention(c) (Result) -> CInt
    package let columnCount: @convention(c) (Result) -> CInt
    package let columnName: @convention(c) (Result, CInt) -> Text
    package let columnType: @convention(c) (Result, CInt) -> UInt32
    package let isNull: @convention(c) (Result, CInt, CInt) -> CInt
    package let value: @convention(c) (Result, CInt, CInt) -> Text
    package let length: @convention(c) (Result, CInt, CInt) -> CInt
    package let changed: @convention(c) (Result) -> Text
    /// Such as `INSERT 0 1`, `COMMIT` or `ROLLBACK`.
    package let tag: @convention(c) (Result) -> Text
    package let clear: @convention(c) (Result) -> Void

    package let consumeInput: @convention(c) (Connection) -> CInt
    package let notifies: @convention(c) (Connection) -> UnsafeMutableRawPointer?
    package let freeMemory: @convention(c) (UnsafeMutableRawPointer) -> Void

    /// `PGnotify`, which `notifies` points to.
    package struct Notification {
        package let channel: Text
        package let sender: CInt
        package let payload: Text
        package let next: UnsafeRawPointer?
    }

    /// The library is not on this machine, or too old.
    package struct Missing: Error {
        /// For the person who installs it, in English.
        package let reason: String
    }

    /// Loaded once; throws ``Missing``.
    package static let shared = Swift.Result { () throws(Missing) in try LibPQ() }

    private init() throws(Missing) {
        guard let library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL) else {
            throw Missing(reason: "libpq.so.5 is missing: install libpq5")
        }
        func symbol<Function>(_ name: String) throws(Missing) -> Function {
            guard let address = dlsym(library, name) else { throw Missing(reason: "libpq.so.5 is too old: no \(name)") }
            return unsafeBitCast(address, to: Function.self)
        }
        connect = try symbol("PQconnectdb")
        connectParameters = try symbol("PQconnectdbParams")
        ping = try symbol("PQpingParams")
        finish = try symbol("PQfinish")
        status = try symbol("PQstatus")
        errorMessage = try symbol("PQerrorMessage")
        serverVersion = try symbol("PQserverVersion")
        socket = try symbol("PQsocket")
        setNoticeProcessor = try symbol("PQsetNoticeProcessor")
        enterPipelineMode = try symbol("PQenterPipelineMode")
        sendPrepare = try symbol("PQsendPrepare")
        sendQueryPrepared = try symbol("PQsendQueryPrepared")
        sendQueryParams = try symbol("PQsendQueryParams")
        pipelineSync = try symbol("PQpipelineSync")
        getResult = try symbol("PQgetResult")
        setNonBlocking = try symbol("PQsetnonblocking")
        sendQuery = try symbol("PQsendQuery")
        flush = try symbol("PQflush")
        isBusy = try symbol("PQisBusy")
        resultStatus = try symbol("PQresultStatus")
        resultErrorField = try symbol("PQresultErrorField")
        rowCount = try symbol("PQntuples")
        columnCount = try symbol("PQnfields")
        columnName = try symbol("PQfname")
        columnType = try symbol("PQftype")
        isNull = try symbol("PQgetisnull")
        value = try symbol("PQgetvalue")
        length = try symbol("PQgetlength")
        changed = try symbol("PQcmdTuples")
        tag = try symbol("PQcmdStatus")
        clear = try symbol("PQclear")
        consumeInput = try symbol("PQconsumeInput")
        notifies = try symbol("PQnotifies")
        freeMemory = try symbol("PQfreemem")
    }
}

extension LibPQ {
    /// Connects with settings of which a later one counts; `dbname` may be a whole address.
    package func connect(_ settings: [(keyword: String, value: String)]) -> Connection? {
        with(settings) { connectParameters($0, $1, 1) }
    }

    /// What `PQpingParams` says of the server that the settings name: 0 takes connections, 1 does not take any yet or any more,
    /// 2 does not answer, 3 makes no sense. Passwords and the like do not matter.
    package func ping(_ settings: [(keyword: String, value: String)]) -> CInt {
        with(settings) { ping($0, $1, 1) }
    }

    private func with<Answer>(
        _ settings: [(keyword: String, value: String)], _ body: (UnsafePointer<Text?>, UnsafePointer<Text?>) -> Answer
    ) -> Answer {
        let copies = (settings.map(\.keyword) + settings.map(\.value)).map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let texts = copies.map { $0.map { Text($0) } }
        return body(Array(texts[..<settings.count]) + [nil], Array(texts[settings.count...]) + [nil])
    }
}
