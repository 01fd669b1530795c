"""Peer: what a straightforward Python script makes of the same events: json, dict, XlsxWriter in constant memory.

Arguments: the NDJSON.gz file, the workbook to write, the report to write.
"""

import gzip
import json
import sys
from datetime import datetime

import xlsxwriter

events_path, workbook_path, report_path = sys.argv[1:4]


def instant(text):
    return None if text is None else datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None)


jobs = {}
rejected = 0
with gzip.open(events_path, "rt", encoding="utf-8") as lines:
    for line in lines:
        try:
            event = json.loads(line)
            data = event["data"]
            details = data["additionalDetails"]
        except (ValueError, KeyError):
            rejected += 1
            continue
        job = jobs.setdefault(data["resourceId"], {"id": data["resourceId"], "start": None, "end": None})
        for key in ("databaseId", "autonomousDatabaseId", "dbSystemId", "volumeId"):
            if key in details:
                job["resource"] = details[key]
        for key in ("dbUniqueName", "dbName", "dbSystemName", "volumeName"):
            if key in details:
                job["name"] = details[key]
        job["compartment"] = data["compartmentName"]
        job["kind"] = event["eventType"].rsplit(".", 2)[1]
        job["type"] = details.get("backupType")
        if event["eventType"].endswith(".begin"):
            job["start"] = event["eventTime"]
            job["begin"] = event["eventID"]
        else:
            job["end"] = event["eventTime"]
            job["ended"] = event["eventID"]
            state = details.get("lifecycleState") or details.get("status")
            job["status"] = "FAILED" if state in ("FAILED", "operationFailed") else "SUCCEEDED"
            job["message"] = details.get("lifecycleDetails")

resources = {}
for job in jobs.values():
    resource = resources.setdefault(job.get("resource"), {"name": job.get("name"), "jobs": 0, "failed": 0, "last": ""})
    resource["jobs"] += 1
    if job.get("status") == "FAILED":
        resource["failed"] += 1
    elif job["end"] is not None:
        resource["last"] = max(resource["last"], job["end"])

book = xlsxwriter.Workbook(workbook_path, {"constant_memory": True})
time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
duration = book.add_format({"num_format": "[h]:mm:ss"})
good = book.add_format({"bg_color": "#DDF3E4"})

sheet = book.add_worksheet("Resources")
sheet.write_row(0, 0, ["Resource", "Name", "Jobs", "Failed", "Last success", "Verdict"])
for row, (identifier, resource) in enumerate(resources.items(), 1):
    verdict = "COMPLIANT" if resource["last"] else "NON_COMPLIANT"
    sheet.write_row(row, 0, [identifier, resource["name"], resource["jobs"], resource["failed"]])
    if resource["last"]:
        sheet.write_datetime(row, 4, instant(resource["last"]), time)
    sheet.write_string(row, 5, verdict, good)

sheet = book.add_worksheet("Jobs")
sheet.write_row(0, 0, ["Name", "Compartment", "Kind", "Status", "Start", "End", "Duration", "Type", "Message", "Job", "Resource", "Begin", "End event"])
for row, job in enumerate(jobs.values(), 1):
    start, end = instant(job["start"]), instant(job["end"])
    sheet.write_string(row, 0, job.get("name") or "")
    sheet.write_string(row, 1, job["compartment"])
    sheet.write_string(row, 2, job["kind"])
    sheet.write_string(row, 3, job.get("status") or "IN_PROGRESS", good)
    if start is not None:
        sheet.write_datetime(row, 4, start, time)
    if end is not None:
        sheet.write_datetime(row, 5, end, time)
    if start is not None and end is not None:
        sheet.write_number(row, 6, (end - start).total_seconds() / 86400, duration)
    sheet.write_string(row, 7, job["type"] or "")
    sheet.write_string(row, 8, job.get("message") or "")
    sheet.write_string(row, 9, job["id"])
    sheet.write_string(row, 10, job.get("resource") or "")
    sheet.write_string(row, 11, job.get("begin") or "")
    sheet.write_string(row, 12, job.get("ended") or "")
book.close()

with open(report_path, "w", encoding="utf-8") as report:
    json.dump({"jobs": len(jobs), "rejected": rejected, "resources": resources}, report)
