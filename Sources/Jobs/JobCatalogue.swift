package import Store

/// Every kind of job the program knows; a feature adds its line.
package enum JobCatalogue {
  package static func all(_ store: Store) -> [JobKind] { ImportJobs.kinds() + ExportJob.kinds() + PurchaseJobs.kinds() + HandoverJobs.kinds() }
}
