# The schedule on OCI Container Instances: docs/deploy.md. Nothing here is kept when the instance is: the archive must be a bucket.
terraform {
  required_providers {
    oci = {
      source  = "oracle/oci"
      version = ">= 6.0, < 9.0"
    }
  }
}

variable "compartment_ocid" {
  description = "Compartment of the container instance; the dynamic group of its resource principal names it."
  type        = string
}

variable "availability_domain" {
  description = "Availability domain, such as Uocm:US-ASHBURN-AD-1."
  type        = string
}

variable "subnet_ocid" {
  description = "Private subnet from which OCI's services and the mail server can be reached, and the registry of the image."
  type        = string
}

variable "image" {
  description = "The image that you pushed, such as iad.ocir.io/mytenancy/backup-report:0.2.0-dev."
  type        = string
}

variable "configuration_file" {
  description = "The configuration of the plan: auth of type resource-principal, archive of type object-storage, no secrets in it."
  type        = string
  default     = "backup-report.yaml"
}

resource "oci_container_instances_container_instance" "backup_report" {
  availability_domain                  = var.availability_domain
  compartment_id                       = var.compartment_ocid
  display_name                         = "backup-report"
  shape                                = "CI.Standard.E4.Flex"
  container_restart_policy             = "ALWAYS"
  graceful_shutdown_timeout_in_seconds = 60

  shape_config {
    ocpus         = 1
    memory_in_gbs = 2
  }

  vnics {
    subnet_id             = var.subnet_ocid
    is_public_ip_assigned = false
  }

  containers {
    display_name = "schedule"
    image_url    = var.image
    arguments    = ["schedule", "--health-port", "9464", "--health-host", "0.0.0.0"]

    health_checks {
      health_check_type        = "COMMAND"
      command                  = ["backup-report", "health"]
      failure_action           = "KILL"
      initial_delay_in_seconds = 60
      interval_in_seconds      = 60
      timeout_in_seconds       = 10
      failure_threshold        = 3
    }

    security_context {
      security_context_type          = "LINUX"
      is_non_root_user_check_enabled = true
      is_root_file_system_readonly   = true
      run_as_user                    = 1000
      run_as_group                   = 1000

      capabilities {
        drop_capabilities = ["ALL"]
      }
    }

    volume_mounts {
      volume_name  = "configuration"
      mount_path   = "/work"
      is_read_only = true
    }

    volume_mounts {
      volume_name = "temporary"
      mount_path  = "/tmp"
    }
  }

  volumes {
    name        = "configuration"
    volume_type = "CONFIGFILE"

    configs {
      file_name = "backup-report.yaml"
      data      = filebase64(var.configuration_file)
    }
  }

  volumes {
    name          = "temporary"
    volume_type   = "EMPTYDIR"
    backing_store = "EPHEMERAL_STORAGE"
  }
}

output "container_instance_ocid" {
  description = "For `oci container-instances container-instance get` and the logs of its container."
  value       = oci_container_instances_container_instance.backup_report.id
}
