package io.tributary.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import io.tributary.emulator.BigQueryUnderTest;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The page for people, in a browser. Its pictures are left in the build's folder. */
final class ConsoleTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  @TempDir private static Path profile;
  private static BigQueryUnderTest bigQuery;
  private static ChromeDriver browser;

  @BeforeAll
  static void open() throws Exception {
    assertThat(List.of(CHROMIUM, DRIVER))
        .as("this test needs Chromium: apt-get install chromium chromium-driver")
        .allMatch(Files::isExecutable);
    bigQuery = BigQueryUnderTest.start(EmulatorOptions.builder());
    run(
        "CREATE TABLE shop.items AS SELECT id, CONCAT('item ', id) AS name, NUMERIC '1.50' AS price"
            + " FROM UNNEST(GENERATE_ARRAY(1, 1234)) AS id");
    run("CREATE TABLE shop.`odd name ü` (id INT64)");
    run("CREATE VIEW shop.cheap AS SELECT * FROM shop.items WHERE price < 2");
    append();
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build(),
            new ChromeOptions()
                .setBinary(CHROMIUM.toString())
                .addArguments(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1280,860",
                    "--user-data-dir=" + profile));
    browser.get(bigQuery.emulator().restUrl() + "/");
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
    if (bigQuery != null) {
      bigQuery.close();
    }
  }

  private static void run(String sql) {
    var unused = bigQuery.query(sql);
  }

  private static void append() throws Exception {
    TableId table = TableId.of(BigQueryUnderTest.DATASET, "odd name ü");
    Message ids = Message.ids();
    try (StreamWriter writer = bigQuery.writer(BigQueryUnderTest.defaultStream(table), ids)) {
      assertThat(writer.append(ids.rows(1L, 2L, 3L)).get().hasError()).isFalse();
    }
  }

  @Test
  void listsDatasetsAndTablesWithTheirRows() {
    awaitText("datasets", "items\n1,234");
    assertThat(text("datasets"))
        .contains(BigQueryUnderTest.DATASET, "cheap\nview", "odd name ü\n3");
    awaitText("appends", "odd name ü _default 3 OK");
    element("filter").sendKeys("chea");
    assertThat(text("datasets")).isEqualTo("shop\ncheap\nview");
    element("filter").sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE);
    assertThat(text("datasets")).contains("items");
  }

  @Test
  void runsAStatementThatWasTyped() {
    type(
        "SELECT id, name, price, [1, 2] AS sizes, STRUCT('a' AS x, NULL AS y) AS pair,"
            + " TIMESTAMP '2024-02-29 12:30:00.25+00' AS seen, '<script>alert(1)</script>' AS markup,"
            + " CAST(NULL AS STRING) AS nothing FROM shop.items ORDER BY id LIMIT 12");
    awaitText("summary", "12 rows");
    assertThat(text("result"))
        .contains("name STRING", "sizes ARRAY<INTEGER>")
        .contains(
            "1 item 1 1.5 [1, 2] {x: a, y: NULL} 2024-02-29 12:30:00.250000 UTC"
                + " <script>alert(1)</script> NULL");
    awaitText("jobs", "SELECT id, name");
    picture("light", "console-light.png");
    picture("dark", "console-dark.png");
    picture("light", "console-light.png");
  }

  @Test
  void tellsWhatIsWrongWithAStatement() {
    type("SELECT nme FROM shop.items");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(text("error")).startsWith("Unrecognized name: nme"));
    assertThat(text("result")).isEmpty();
    awaitText("jobs", "failed");
    picture("light", "console-error.png");
    type("SELECT 1 AS one");
    awaitText("summary", "1 row ");
    assertThat(element("error").isDisplayed()).isFalse();
  }

  @Test
  void showsTheRowsOfATableThatIsClicked() {
    awaitText("datasets", "items");
    browser.findElements(By.cssSelector("button.table")).stream()
        .filter(button -> button.getText().startsWith("items"))
        .findFirst()
        .orElseThrow()
        .click();
    awaitText("summary", "100 rows");
    assertThat(text("result")).contains("item 7 ");
    assertThat(element("sql").getDomProperty("value"))
        .isEqualTo("SELECT * FROM `%s.shop.items` LIMIT 100".formatted(BigQueryUnderTest.PROJECT));
  }

  private static void type(String sql) {
    await().until(() -> !text("datasets").isEmpty());
    WebElement box = element("sql");
    box.clear();
    box.sendKeys(sql);
    box.sendKeys(Keys.chord(Keys.CONTROL, Keys.ENTER));
  }

  private static void awaitText(String id, String wanted) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(text(id)).contains(wanted));
  }

  private static String text(String id) {
    return element(id).getText();
  }

  private static WebElement element(String id) {
    return browser.findElement(By.id(id));
  }

  private static void picture(String scheme, String file) {
    var unused =
        browser.executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    try {
      Files.write(Path.of("target", file), browser.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
