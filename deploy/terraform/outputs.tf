locals {
  auth_types = {
    instance           = "instance-principal"
    container-instance = "resource-principal"
    function           = "resource-principal"
    oke                = "oke-workload-identity"
    group              = "config-file"
  }
}

output "config_yaml" {
  description = "The configuration of the program, finished: terraform output -raw config_yaml > backup-report.yaml"
  value = templatefile("${path.module}/backup-report.yaml.tftpl", {
    timezone            = var.timezone
    region              = var.region
    namespace           = local.namespace
    compartment         = var.compartment_ocid
    watched             = local.watched
    log_source          = local.log_source
    stream              = oci_streaming_stream.events.id
    raw_bucket          = local.raw_bucket
    reports_bucket      = local.reports_bucket
    sender              = coalesce(var.sender, "none")
    recipients          = join(", ", [for each in var.recipients : "'${each}'"])
    auth                = local.auth_types[var.workload]
    reads_log_analytics = contains(var.sources, "log-analytics")
    reads_bucket        = contains(var.sources, "object-storage")
    reads_stream        = contains(var.sources, "streaming")
    has_inventory       = contains(var.more_rights, "inventory")
    has_mail            = var.sender != null && length(var.recipients) > 0
  })
}

output "policy_statements" {
  description = "Every statement, for an administrator who makes the policies by hand."
  value       = concat(local.pipeline_statements, local.events_statements, local.program_statements)
}

output "namespace" {
  description = "Object Storage and Log Analytics namespace of the tenancy."
  value       = local.namespace
}

output "log_group_ocid" {
  description = "OCID of the Log Analytics log group."
  value       = oci_log_analytics_log_analytics_log_group.events.id
}

output "log_source" {
  description = "Name of the log source that the connector writes to."
  value       = local.log_source
}

output "stream_ocid" {
  description = "OCID of the stream."
  value       = oci_streaming_stream.events.id
}

output "stream_endpoint" {
  description = "Where messages of the stream are read."
  value       = oci_streaming_stream.events.messages_endpoint
}

output "buckets" {
  description = "Names of the buckets: the raw copy of events, and the reports."
  value       = { raw = local.raw_bucket, reports = local.reports_bucket }
}

output "forward_log_ocid" {
  description = "OCID of the custom log for backup-report forward; null without forward_log."
  value       = one(oci_logging_log.forward[*].id)
}
