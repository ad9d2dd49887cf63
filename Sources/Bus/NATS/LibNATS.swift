import Foundation

/// NATS' C library (https://nats-io.github.io/nats.c/), loaded when the first NATS is dialled: a machine without it runs
/// everything else. Every member is the function of the library that its name says; their manual is the library's.
struct LibNATS: Sendable {
    typealias Connection = OpaquePointer
    typealias Options = OpaquePointer
    typealias Subscription = OpaquePointer
    typealias Message = OpaquePointer
    typealias Context = UnsafeMutableRawPointer
    typealias Text = UnsafePointer<CChar>
    /// `natsStatus`.
    typealias Status = CInt
    typealias MessageHandler = @convention(c) (Connection?, Subscription?, Message?, Context?) -> Void
    typealias ConnectionHandler = @convention(c) (Connection?, Context?) -> Void
    typealias ErrorHandler = @convention(c) (Connection?, Subscription?, Status, Context?) -> Void

    let statusText: @convention(c) (Status) -> Text

    let createOptions: @convention(c) (UnsafeMutablePointer<Options?>) -> Status
    let destroyOptions: @convention(c) (Options?) -> Void
    let setServers: @convention(c) (Options, UnsafeMutablePointer<Text?>, CInt) -> Status
    let setName: @convention(c) (Options, Text) -> Status
    let setTimeout: @convention(c) (Options, Int64) -> Status
    let setSecure: @convention(c) (Options, Bool) -> Status
    let loadCATrustedCertificates: @convention(c) (Options, Text) -> Status
    let setUserCredentialsFromFiles: @convention(c) (Options, Text, Text?) -> Status
    let setAllowReconnect: @convention(c) (Options, Bool) -> Status
    let setNoEcho: @convention(c) (Options, Bool) -> Status
    let setSendAsap: @convention(c) (Options, Bool) -> Status
    let setWriteDeadline: @convention(c) (Options, Int64) -> Status
    let useGlobalMessageDelivery: @convention(c) (Options, Bool) -> Status
    let setErrorHandler: @convention(c) (Options, ErrorHandler, Context?) -> Status
    let setClosedCB: @convention(c) (Options, ConnectionHandler, Context?) -> Status

    let connect: @convention(c) (UnsafeMutablePointer<Connection?>, Options) -> Status
    let destroyConnection: @convention(c) (Connection?) -> Void
    let isClosed: @convention(c) (Connection) -> Bool
    let lastError: @convention(c) (Connection, UnsafeMutablePointer<Text?>) -> Status
    let maxPayload: @convention(c) (Connection) -> Int64
    let flushTimeout: @convention(c) (Connection, Int64) -> Status
    let publish: @convention(c) (Connection, Text, UnsafeRawPointer?, CInt) -> Status
    let subscribe: @convention(c) (UnsafeMutablePointer<Subscription?>, Connection, Text, MessageHandler, Context?) -> Status
    let setPendingLimits: @convention(c) (Subscription, CInt, CInt) -> Status
    let unsubscribe: @convention(c) (Subscription) -> Status
    let destroySubscription: @convention(c) (Subscription?) -> Void

    let data: @convention(c) (Message) -> UnsafeRawPointer?
    let dataLength: @convention(c) (Message) -> CInt
    let destroyMessage: @convention(c) (Message?) -> Void

    /// Loaded once; throws ``BusError/missing(_:)``.
    static let shared = Swift.Result { () throws(BusError) in try LibNATS("libnats.so.3.4") }

    init(_ name: String) throws(BusError) {
        guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            throw .missing("\(name) is missing: install libnats3.4")
        }
        func symbol<Function>(_ symbol: String) throws(BusError) -> Function {
            guard let address = dlsym(library, symbol) else { throw .missing("\(name) is too old: no \(symbol)") }
            return unsafeBitCast(address, to: Function.self)
        }
        statusText = try symbol("natsStatus_GetText")
        createOptions = try symbol("natsOptions_Create")
        destroyOptions = try symbol("natsOptions_Destroy")
        setServers = try symbol("natsOptions_SetServers")
        setName = try symbol("natsOptions_SetName")
        setTimeout = try symbol("natsOptions_SetTimeout")
        setSecure = try symbol("natsOptions_SetSecure")
        loadCATrustedCertificates = try symbol("natsOptions_LoadCATrustedCertificates")
        setUserCredentialsFromFiles = try symbol("natsOptions_SetUserCredentialsFromFiles")
        setAllowReconnect = try symbol("natsOptions_SetAllowReconnect")
        setNoEcho = try symbol("natsOptions_SetNoEcho")
        setSendAsap = try symbol("natsOptions_SetSendAsap")
        setWriteDeadline = try symbol("natsOptions_SetWriteDeadline")
        useGlobalMessageDelivery = try symbol("natsOptions_UseGlobalMessageDelivery")
        setErrorHandler = try symbol("natsOptions_SetErrorHandler")
        setClosedCB = try symbol("natsOptions_SetClosedCB")
        connect = try symbol("natsConnection_Connect")
        destroyConnection = try symbol("natsConnection_Destroy")
        isClosed = try symbol("natsConnection_IsClosed")
        lastError = try symbol("natsConnection_GetLastError")
        maxPayload = try symbol("natsConnection_GetMaxPayload")
        flushTimeout = try symbol("natsConnection_FlushTimeout")
        publish = try symbol("natsConnection_Publish")
        subscribe = try symbol("natsConnection_Subscribe")
        setPendingLimits = try symbol("natsSubscription_SetPendingLimits")
        unsubscribe = try symbol("natsSubscription_Unsubscribe")
        destroySubscription = try symbol("natsSubscription_Destroy")
        data = try symbol("natsMsg_GetData")
        dataLength = try symbol("natsMsg_GetDataLength")
        destroyMessage = try symbol("natsMsg_Destroy")
    }
}
