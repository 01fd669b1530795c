locals {
  watched    = coalesce(var.watched_compartment_ocid, var.compartment_ocid)
  log_source = coalesce(var.log_source, "OCI_Backup_Reporter_Events")
  # The name has a digest of the content: a change of the content is a change of the path.
  content_file   = one(fileset(path.module, "../log-analytics/*.zip"))
  raw_bucket     = "${var.prefix}-events"
  reports_bucket = "${var.prefix}-reports"

  # Written by npm run deploy-files: the event types that reports use, by family and phase.
  event_types = jsondecode(file("${path.module}/event-types.json"))
  rules       = { for family, phases in local.event_types : family => flatten([for phase, types in phases : types if contains(var.event_phases, phase)]) }
}

resource "oci_streaming_stream" "events" {
  compartment_id = var.compartment_ocid
  name           = "${var.prefix}-events"
  partitions     = var.stream_partitions
  # The longest that there is: a connector that is broken for days loses nothing.
  retention_in_hours = 168
}

# One rule for each family: the length of a condition is limited, and nobody says how.
resource "oci_events_rule" "family" {
  for_each = { for family, types in local.rules : family => types if length(types) > 0 }

  compartment_id = local.watched
  display_name   = "${var.prefix}-${each.key}"
  description    = "Backup events of ${each.key} for oci-backup-reporter"
  is_enabled     = true
  condition      = jsonencode({ eventType = each.value, data = {} })

  actions {
    actions {
      action_type = "OSS"
      is_enabled  = true
      stream_id   = oci_streaming_stream.events.id
    }
  }
}

resource "oci_log_analytics_namespace" "this" {
  count = var.onboard_log_analytics ? 1 : 0

  compartment_id = var.tenancy_ocid
  is_onboarded   = true
  namespace      = local.namespace
}

resource "oci_log_analytics_log_analytics_log_group" "events" {
  compartment_id = var.compartment_ocid
  display_name   = "${var.prefix}-events"
  description    = "Backup events for oci-backup-reporter"
  namespace      = local.namespace

  depends_on = [oci_log_analytics_namespace.this]
}

resource "oci_log_analytics_log_analytics_import_custom_content" "log_source" {
  count = var.log_source == null ? 1 : 0

  import_custom_content_file = "${path.module}/${local.content_file}"
  namespace                  = local.namespace
  is_overwrite               = true

  depends_on = [oci_log_analytics_namespace.this]
}

resource "oci_sch_service_connector" "log_analytics" {
  compartment_id = var.compartment_ocid
  display_name   = "${var.prefix}-log-analytics"
  description    = "Backup events from the stream into Log Analytics"

  source {
    kind      = "streaming"
    stream_id = oci_streaming_stream.events.id

    cursor {
      kind = "TRIM_HORIZON"
    }
  }

  target {
    kind                  = "loggingAnalytics"
    log_group_id          = oci_log_analytics_log_analytics_log_group.events.id
    log_source_identifier = local.log_source
  }

  depends_on = [
    oci_identity_policy.pipeline,
    oci_log_analytics_log_analytics_import_custom_content.log_source,
  ]
}

resource "oci_sch_service_connector" "raw_copy" {
  compartment_id = var.compartment_ocid
  display_name   = "${var.prefix}-raw-copy"
  description    = "Backup events from the stream into a bucket, as they came"

  source {
    kind      = "streaming"
    stream_id = oci_streaming_stream.events.id

    cursor {
      kind = "TRIM_HORIZON"
    }
  }

  target {
    kind               = "objectStorage"
    bucket             = oci_objectstorage_bucket.raw.name
    namespace          = local.namespace
    object_name_prefix = "events"
  }

  depends_on = [oci_identity_policy.pipeline]
}

resource "oci_objectstorage_bucket" "raw" {
  compartment_id = var.compartment_ocid
  name           = local.raw_bucket
  namespace      = local.namespace
  access_type    = "NoPublicAccess"
}

resource "oci_objectstorage_bucket" "reports" {
  compartment_id = var.compartment_ocid
  name           = local.reports_bucket
  namespace      = local.namespace
  access_type    = "NoPublicAccess"
  # A bucket has either versions or retention rules.
  versioning = "Disabled"

  dynamic "retention_rules" {
    for_each = var.retention_days == null ? [] : [var.retention_days]

    content {
      display_name     = "reports-stay"
      time_rule_locked = var.lock_after

      duration {
        time_amount = retention_rules.value
        time_unit   = "DAYS"
      }
    }
  }
}

resource "oci_log_analytics_log_analytics_object_collection_rule" "history" {
  count = var.history_prefix == null ? 0 : 1

  compartment_id      = var.compartment_ocid
  name                = "${var.prefix}-history"
  namespace           = local.namespace
  os_namespace        = local.namespace
  os_bucket_name      = oci_objectstorage_bucket.raw.name
  log_group_id        = oci_log_analytics_log_analytics_log_group.events.id
  log_source_name     = local.log_source
  collection_type     = "HISTORIC"
  poll_since          = var.history_since
  poll_till           = "CURRENT_TIME"
  object_name_filters = ["${var.history_prefix}*"]

  depends_on = [oci_log_analytics_log_analytics_import_custom_content.log_source]
}

resource "oci_email_sender" "reports" {
  count = var.sender == null ? 0 : 1

  compartment_id = var.compartment_ocid
  email_address  = var.sender
}

resource "oci_logging_log_group" "forward" {
  count = var.forward_log ? 1 : 0

  compartment_id = var.compartment_ocid
  display_name   = "${var.prefix}-forward"
}

resource "oci_logging_log" "forward" {
  count = var.forward_log ? 1 : 0

  display_name       = "${var.prefix}-data-safe"
  log_group_id       = oci_logging_log_group.forward[0].id
  log_type           = "CUSTOM"
  is_enabled         = true
  retention_duration = 180
}
