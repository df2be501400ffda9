package io.tributary.bigquery.histories;

import io.tributary.bigquery.testkit.Changes;

/** The database that a table comes from, and how its log tells places. */
enum Origin {
  POSTGRES {
    @Override
    Changes writer(String table) {
      return Changes.postgres("public", table);
    }

    @Override
    Changes at(Changes writer, Long committed, int file, long place) {
      return writer.log(committed, place);
    }

    @Override
    boolean leavesOut() {
      return true;
    }
  },
  MYSQL {
    @Override
    Changes writer(String table) {
      return Changes.mySql("public", table);
    }
  },
  MARIADB {
    @Override
    Changes writer(String table) {
      return Changes.mariaDb("public", table);
    }
  };

  abstract Changes writer(String table);

  /** The writer, at a place of the log. */
  Changes at(Changes writer, Long committed, int file, long place) {
    return writer.binlog("binlog.%06d".formatted(file), place, 0);
  }

  /** Whether updates leave large values out. */
  boolean leavesOut() {
    return false;
  }
}
