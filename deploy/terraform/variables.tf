variable "tenancy_ocid" {
  description = "OCID of the tenancy."
  type        = string

  validation {
    condition     = can(regex("^ocid1\\.tenancy\\.", var.tenancy_ocid))
    error_message = "Must be the OCID of a tenancy."
  }
}

variable "compartment_ocid" {
  description = "OCID of the compartment for all that is made here: stream, connectors, log group, buckets, sender."
  type        = string

  validation {
    condition     = can(regex("^ocid1\\.compartment\\.", var.compartment_ocid))
    error_message = "Must be the OCID of a compartment."
  }
}

variable "watched_compartment_ocid" {
  description = "OCID of the compartment whose backups are reported, with all below it; the tenancy for everything. Null: compartment_ocid."
  type        = string
  default     = null

  validation {
    condition     = var.watched_compartment_ocid == null || can(regex("^ocid1\\.(compartment|tenancy)\\.", var.watched_compartment_ocid))
    error_message = "Must be the OCID of a compartment or of the tenancy."
  }
}

variable "region" {
  description = "Region in which everything is made, such as us-ashburn-1. Events are seen in their own region only: apply once for each."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "Must be a region such as us-ashburn-1."
  }
}

variable "profile" {
  description = "Profile of the OCI configuration file that Terraform itself uses."
  type        = string
  default     = "DEFAULT"

  validation {
    condition     = length(var.profile) > 0
    error_message = "Must not be empty."
  }
}

variable "prefix" {
  description = "First part of every name that is made here."
  type        = string
  default     = "backup-reporter"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}$", var.prefix))
    error_message = "Must be 2 to 31 of a-z, 0-9 and -, the first a letter."
  }
}

variable "event_phases" {
  description = "Which events are collected: begin, end, single (operations told in one event), critical, information."
  type        = set(string)
  default     = ["begin", "end", "single", "critical", "information"]

  validation {
    condition     = length(setsubtract(var.event_phases, ["begin", "end", "single", "critical", "information"])) == 0
    error_message = "Must be some of begin, end, single, critical, information."
  }
}

variable "stream_partitions" {
  description = "Partitions of the stream; fixed for its life. One takes 1 MB/s."
  type        = number
  default     = 1

  validation {
    condition     = var.stream_partitions >= 1
    error_message = "Must be at least 1."
  }
}

variable "onboard_log_analytics" {
  description = "Whether to onboard the tenancy to Log Analytics. Only for a tenancy that never was: once a tenancy."
  type        = bool
  default     = false
}

variable "log_source" {
  description = "Name of a log source that is there already. Null: ours is imported."
  type        = string
  default     = null

  validation {
    condition     = var.log_source == null || can(regex("^[A-Za-z0-9_ .-]{1,255}$", var.log_source))
    error_message = "Must be letters, digits, blanks, _, . and -."
  }
}

variable "retention_days" {
  description = "Days for which nobody can delete or overwrite a report. Null: no retention rule."
  type        = number
  default     = 400

  validation {
    condition     = var.retention_days == null || try(var.retention_days >= 1, false)
    error_message = "Must be at least 1, or null."
  }
}

variable "lock_after" {
  description = "When the retention rule is locked, RFC 3339, at least 14 days ahead. After it NOBODY can shorten it or delete the bucket. Null: never."
  type        = string
  default     = null

  validation {
    condition     = var.lock_after == null || can(timeadd(var.lock_after, "0h"))
    error_message = "Must be a time such as 2027-01-31T00:00:00Z."
  }
}

variable "sender" {
  description = "Mail address that reports are sent from by Email Delivery. Null: no mail."
  type        = string
  default     = null

  validation {
    condition     = var.sender == null || can(regex("^[^@ ]+@[^@ ]+$", var.sender))
    error_message = "Must be a mail address."
  }
}

variable "recipients" {
  description = "Mail addresses that reports are sent to. Needed with sender."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for each in var.recipients : can(regex("^[^@ ]+@[^@ ]+$", each))])
    error_message = "Must be mail addresses."
  }
}

variable "timezone" {
  description = "IANA time zone of the report day, such as America/New_York."
  type        = string
  default     = "UTC"

  validation {
    condition     = can(regex("^[A-Za-z0-9_+/-]+$", var.timezone))
    error_message = "Must be an IANA time zone."
  }
}

variable "sources" {
  description = "What config_yaml reads, of what is made here: log-analytics, object-storage (the raw copy), streaming."
  type        = set(string)
  default     = ["log-analytics"]

  validation {
    condition     = length(var.sources) > 0 && length(setsubtract(var.sources, ["log-analytics", "object-storage", "streaming"])) == 0
    error_message = "Must be some of log-analytics, object-storage, streaming."
  }
}

variable "more_rights" {
  description = "What else the program may read or write: object-storage (the raw copy), oci-audit, logging-search, data-safe, inventory, forward."
  type        = set(string)
  default     = ["inventory"]

  validation {
    condition     = length(setsubtract(var.more_rights, ["object-storage", "oci-audit", "logging-search", "data-safe", "inventory", "forward"])) == 0
    error_message = "Must be some of object-storage, oci-audit, logging-search, data-safe, inventory, forward."
  }
}

variable "workload" {
  description = "Where the program runs: instance, container-instance, function, oke, or group (a person with an API key)."
  type        = string
  default     = "instance"

  validation {
    condition     = contains(["instance", "container-instance", "function", "oke", "group"], var.workload)
    error_message = "Must be instance, container-instance, function, oke or group."
  }
}

variable "program_ocid" {
  description = "OCID of the instance or function that runs the program: only it gets the rights. Null: every one in compartment_ocid."
  type        = string
  default     = null

  validation {
    condition     = var.program_ocid == null || can(regex("^ocid1\\.", var.program_ocid))
    error_message = "Must be an OCID."
  }
}

variable "group_name" {
  description = "Name of the group, with workload = \"group\"."
  type        = string
  default     = "backup-reporters"

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+$", var.group_name))
    error_message = "Must be letters, digits, _, . and -."
  }
}

variable "oke_cluster_ocid" {
  description = "OCID of the cluster, with workload = \"oke\"."
  type        = string
  default     = ""

  validation {
    condition     = var.oke_cluster_ocid == "" || can(regex("^ocid1\\.cluster\\.", var.oke_cluster_ocid))
    error_message = "Must be the OCID of a cluster."
  }
}

variable "oke_namespace" {
  description = "Kubernetes namespace of the program, with workload = \"oke\"."
  type        = string
  default     = "backup-reporter"

  validation {
    condition     = can(regex("^[a-z0-9-]+$", var.oke_namespace))
    error_message = "Must be a name of Kubernetes."
  }
}

variable "oke_service_account" {
  description = "Kubernetes service account of the program, with workload = \"oke\"."
  type        = string
  default     = "backup-reporter"

  validation {
    condition     = can(regex("^[a-z0-9-]+$", var.oke_service_account))
    error_message = "Must be a name of Kubernetes."
  }
}

variable "create_policies" {
  description = "Whether the dynamic group and the policies are made. Otherwise an administrator makes them of the output policy_statements."
  type        = bool
  default     = true
}

variable "allow_events_service" {
  description = "Whether the Events service itself gets a statement to write to the stream. Oracle does not say whether it is still needed."
  type        = bool
  default     = true
}

variable "forward_log" {
  description = "Whether a custom log is made for backup-report forward."
  type        = bool
  default     = false
}

variable "history_prefix" {
  description = "Prefix of unpacked events in the raw bucket that Log Analytics collects once (see the README). Null: nothing."
  type        = string
  default     = null

  validation {
    condition     = var.history_prefix == null || can(regex("/$", var.history_prefix))
    error_message = "Must end in /."
  }
}

variable "history_since" {
  description = "Oldest time of an object that is collected with history_prefix: BEGINNING or RFC 3339."
  type        = string
  default     = "BEGINNING"

  validation {
    condition     = var.history_since == "BEGINNING" || can(timeadd(var.history_since, "0h"))
    error_message = "Must be BEGINNING or a time such as 2026-01-31T00:00:00Z."
  }
}
