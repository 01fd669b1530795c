/** Name of the artefact with every job of the day, one JSON object per line. */
export const jobsFile = 'jobs.ndjson.gz';
