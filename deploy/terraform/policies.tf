locals {
  here          = "compartment id ${var.compartment_ocid}"
  watched_scope = local.watched == var.tenancy_ocid ? "tenancy" : "compartment id ${local.watched}"

  # What the connectors need.
  connector = "request.principal.type = 'serviceconnector', request.principal.compartment.id = '${var.compartment_ocid}'"
  pipeline_statements = [
    "allow any-user to {STREAM_READ, STREAM_CONSUME} in ${local.here} where all {${local.connector}, target.stream.id = '${oci_streaming_stream.events.id}'}",
    "allow any-user to {LOG_ANALYTICS_LOG_GROUP_UPLOAD_LOGS} in ${local.here} where all {${local.connector}, target.loganalytics-log-group.id = '${oci_log_analytics_log_analytics_log_group.events.id}'}",
    "allow any-user to manage objects in ${local.here} where all {${local.connector}, target.bucket.name = '${local.raw_bucket}'}",
  ]
  events_statements = ["allow service cloudevents-rule to use streams in ${local.here}"]

  # What the program needs: each right with the conditions under which it holds.
  rights = {
    archive = [
      { allow = "read buckets in ${local.here}", when = ["target.bucket.name = '${local.reports_bucket}'"] },
      { allow = "manage objects in ${local.here}", when = ["target.bucket.name = '${local.reports_bucket}'", "any {request.permission = 'OBJECT_CREATE', request.permission = 'OBJECT_INSPECT', request.permission = 'OBJECT_READ'}"] },
    ]
    log-analytics = [
      { allow = "read loganalytics-query in tenancy", when = [] },
      { allow = "read loganalytics-lifecycle in tenancy", when = [] },
      { allow = "read loganalytics-source in tenancy", when = [] },
      { allow = "read loganalytics-queryjob-work-request in ${local.here}", when = [] },
      { allow = "read loganalytics-log-group in ${local.here}", when = [] },
      { allow = "read compartments in tenancy", when = [] },
    ]
    object-storage = [
      { allow = "read objects in ${local.here}", when = ["target.bucket.name = '${local.raw_bucket}'"] },
    ]
    streaming = [
      { allow = "use stream-pull in ${local.here}", when = ["target.stream.id = '${oci_streaming_stream.events.id}'"] },
    ]
    mail = [
      { allow = "use approved-senders in ${local.here}", when = [] },
    ]
    oci-audit = [
      { allow = "read audit-events in tenancy", when = [] },
      { allow = "inspect compartments in tenancy", when = [] },
      { allow = "inspect tenancies in tenancy", when = [] },
    ]
    logging-search = [
      { allow = "read log-groups in ${local.watched_scope}", when = [] },
      { allow = "read log-content in ${local.watched_scope}", when = [] },
    ]
    data-safe = [
      { allow = "read data-safe-audit-family in ${local.watched_scope}", when = [] },
    ]
    inventory = [
      { allow = "inspect database-family in ${local.watched_scope}", when = [] },
      { allow = "inspect autonomous-database-family in ${local.watched_scope}", when = [] },
      { allow = "inspect volume-family in ${local.watched_scope}", when = [] },
      { allow = "inspect compartments in tenancy", when = [] },
    ]
    forward = [
      { allow = "use log-content in ${local.here}", when = [] },
      { allow = "read log-groups in ${local.here}", when = [] },
    ]
  }
  granted = concat(["archive"], tolist(var.sources), tolist(var.more_rights), var.sender == null ? [] : ["mail"])

  matching_rules = {
    instance           = var.program_ocid == null ? "ALL {instance.compartment.id = '${var.compartment_ocid}'}" : "ALL {instance.id = '${coalesce(var.program_ocid, "none")}'}"
    container-instance = "ALL {resource.type = 'computecontainerinstance', resource.compartment.id = '${var.compartment_ocid}'}"
    function           = var.program_ocid == null ? "ALL {resource.type = 'fnfunc', resource.compartment.id = '${var.compartment_ocid}'}" : "ALL {resource.type = 'fnfunc', resource.id = '${coalesce(var.program_ocid, "none")}'}"
  }
  has_dynamic_group = contains(keys(local.matching_rules), var.workload)
  group             = "${var.prefix}-program"
  subjects = {
    instance           = "dynamic-group ${local.group}"
    container-instance = "dynamic-group ${local.group}"
    function           = "dynamic-group ${local.group}"
    group              = "group ${var.group_name}"
    oke                = "any-user"
  }
  # A pod is in no dynamic group: each statement names it.
  workload_conditions = var.workload == "oke" ? ["request.principal.type = 'workload'", "request.principal.cluster_id = '${var.oke_cluster_ocid}'", "request.principal.namespace = '${var.oke_namespace}'", "request.principal.service_account = '${var.oke_service_account}'"] : []

  program_rights     = flatten([for name in local.granted : local.rights[name]])
  program_conditions = [for right in local.program_rights : concat(local.workload_conditions, right.when)]
  program_statements = distinct([for index, right in local.program_rights : "allow ${local.subjects[var.workload]} to ${right.allow}${length(local.program_conditions[index]) == 0 ? "" : " where all {${join(", ", local.program_conditions[index])}}"}"])
}

resource "oci_identity_dynamic_group" "program" {
  provider = oci.home
  count    = var.create_policies && local.has_dynamic_group ? 1 : 0

  compartment_id = var.tenancy_ocid
  name           = local.group
  description    = "Where oci-backup-reporter runs"
  matching_rule  = local.matching_rules[var.workload]
}

resource "oci_identity_policy" "pipeline" {
  provider = oci.home
  count    = var.create_policies ? 1 : 0

  compartment_id = var.tenancy_ocid
  name           = "${var.prefix}-pipeline"
  description    = "Backup events on their way to Log Analytics and to a bucket"
  statements     = concat(local.pipeline_statements, var.allow_events_service ? local.events_statements : [])
}

resource "oci_identity_policy" "program" {
  provider = oci.home
  count    = var.create_policies ? 1 : 0

  compartment_id = var.tenancy_ocid
  name           = "${var.prefix}-program"
  description    = "What oci-backup-reporter reads, and the reports that it writes"
  statements     = local.program_statements

  depends_on = [oci_identity_dynamic_group.program]
}
