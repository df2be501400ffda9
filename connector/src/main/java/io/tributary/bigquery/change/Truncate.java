package io.tributary.bigquery.change;

import io.tributary.bigquery.offset.RecordPosition;

/** Every row of the table below {@code position} is gone. */
public record Truncate(RecordPosition at, SourcePosition position, Origin origin)
    implements Change {}
