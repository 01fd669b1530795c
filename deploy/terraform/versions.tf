terraform {
  required_version = ">= 1.5"

  required_providers {
    oci = {
      source  = "oracle/oci"
      version = ">= 6.0, < 9.0"
    }
  }
}

provider "oci" {
  region              = var.region
  config_file_profile = var.profile
}

# Identity is written in the home region only.
provider "oci" {
  alias               = "home"
  region              = local.home_region
  config_file_profile = var.profile
}

data "oci_identity_region_subscriptions" "all" {
  tenancy_id = var.tenancy_ocid
}

data "oci_objectstorage_namespace" "this" {
  compartment_id = var.tenancy_ocid
}

locals {
  home_region = one([for each in data.oci_identity_region_subscriptions.all.region_subscriptions : each.region_name if each.is_home_region])
  namespace   = data.oci_objectstorage_namespace.this.namespace
}
