package io.tributary.emulator.jobs;

import io.tributary.emulator.engine.DmlStats;
import java.time.Instant;
import java.util.Map;

/**
 * A job at one moment.
 *
 * @param type {@code QUERY}
 * @param statementType what the statement was, such as {@code MERGE}; null until the job ended well
 * @param parentId the script job this is a statement of, or null
 * @param state {@code PENDING}, {@code RUNNING} or {@code DONE}
 * @param user who runs it: whoever called, or BigQuery itself
 * @param started null before the job runs
 * @param ended null before the job is done
 * @param errorReason null unless the job failed
 * @param errorMessage null unless the job failed
 * @param dmlStats null unless the job changed rows
 */
public record JobRecord(
    String id,
    String project,
    String location,
    String type,
    String statementType,
    String parentId,
    String sql,
    String state,
    String user,
    Instant created,
    Instant started,
    Instant ended,
    String errorReason,
    String errorMessage,
    DmlStats dmlStats,
    Map<String, String> labels) {}
