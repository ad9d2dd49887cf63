/// Why a promotion was not carried out; the database that was the truth still is.
package enum PromotionError: Error, Hashable {
    /// The target holds something that is not a copy of ours.
    case notEmpty
    /// The two schemas do not have the same tables and columns.
    case otherSchema(String)
    /// A table is not the same in both.
    case differs(String)
    /// The server that works in this folder does not say that it knows.
    case unwitnessed
    /// Other servers work on the source.
    case shared
    /// It could not be done within the time for which writing may wait.
    case tooBusy
}
