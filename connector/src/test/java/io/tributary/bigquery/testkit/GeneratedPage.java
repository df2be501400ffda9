package io.tributary.bigquery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of {@code docs/} that is written from the code. */
public final class GeneratedPage {
  private static final String NOTICE =
      "<!-- Written by GeneratedDocsTest with -Dtributary.docs.write=true; do not edit. -->\n\n";

  private GeneratedPage() {}

  /** Compares the page with what the code says; with the property set, renews it. */
  public static void agree(String name, String expected) throws IOException {
    Path page = Path.of("..", "docs", name);
    String whole = NOTICE + expected;
    if (Boolean.getBoolean("tributary.docs.write")) {
      Files.writeString(page, whole);
    }
    assertThat(page).as("renew it with -Dtributary.docs.write=true").hasContent(whole);
  }
}
