package io.tributary.emulator.sql;

import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.Parser;
import com.google.zetasql.SqlException;
import com.google.zetasql.Type;
import com.google.zetasql.ZetaSQLOptions.ErrorMessageMode;
import com.google.zetasql.ZetaSQLOptions.LanguageFeature;
import com.google.zetasql.ZetaSQLOptions.ParameterMode;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.parser.ASTNodes;
import com.google.zetasql.parser.ASTNodes.ASTScript;
import com.google.zetasql.resolvedast.ResolvedNode;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedExpr;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Google's analyzer with BigQuery's settings. It is loaded by a thread of its own; whoever needs it
 * before waits. Thread-safe.
 */
public final class Analysis implements AutoCloseable {
  /** How the analyzer's client says that an answer is nested beyond protobuf's limit. */
  private static final String TOO_DEEP = "Failed to read message";

  static final ProductMode PRODUCT = ProductMode.PRODUCT_EXTERNAL;

  private static final Pattern LOAD =
      Pattern.compile("\\s*LOAD\\s+DATA\\b", Pattern.CASE_INSENSITIVE);

  private static final Set<LanguageFeature> UNKNOWN_TO_BIGQUERY =
      EnumSet.of(
          LanguageFeature.FEATURE_ARRAY_EQUALITY,
          LanguageFeature.FEATURE_ARRAY_ORDERING,
          LanguageFeature.FEATURE_ARRAY_GREATEST_LEAST);

  private final Memo<ASTScript> scripts = new Memo<>();
  private final Memo<List<List<String>>> tables = new Memo<>();
  private final Loading<Analyzers> loading = new Loading<>("analyzer", Analyzers::load);

  /** What all statements share. */
  private record Analyzers(
      LanguageOptions language, AnalyzerOptions plain, AnalyzerCatalogs catalogs) {
    static Analyzers load() {
      LanguageOptions language = Analysis.language();
      Analyzers all =
          new Analyzers(
              language, options(language, Parameters.NONE), new AnalyzerCatalogs(language));
      // the first statement would otherwise wait for what it needs besides
      var unusedScript = Parser.parseScript("SELECT 1", language);
      AnalyzerCatalog catalog = all.catalogs.take(Map.of());
      var unusedStatement = Analyzer.analyzeStatement("SELECT 1", all.plain, catalog.registered());
      all.catalogs.giveBack(catalog);
      return all;
    }
  }

  private static LanguageOptions language() {
    LanguageOptions options = new LanguageOptions();
    options.enableMaximumLanguageFeatures();
    options.setSupportsAllStatementKinds();
    options.setProductMode(PRODUCT);
    options.enableReservableKeyword("QUALIFY");
    // BigQuery neither compares nor orders arrays
    Set<LanguageFeature> features = EnumSet.noneOf(LanguageFeature.class);
    for (LanguageFeature feature : LanguageFeature.values()) {
      if (options.languageFeatureEnabled(feature) && !UNKNOWN_TO_BIGQUERY.contains(feature)) {
        features.add(feature);
      }
    }
    options.setEnabledLanguageFeatures(features);
    options.enableLanguageFeature(LanguageFeature.FEATURE_ALTER_COLUMN_SET_DATA_TYPE);
    options.enableLanguageFeature(LanguageFeature.FEATURE_CREATE_TABLE_CLONE);
    options.enableLanguageFeature(LanguageFeature.FEATURE_CREATE_TABLE_COPY);
    options.enableLanguageFeature(LanguageFeature.FEATURE_CREATE_TABLE_LIKE);
    options.enableLanguageFeature(LanguageFeature.FEATURE_CREATE_VIEWS_WITH_COLUMN_OPTIONS);
    options.enableLanguageFeature(LanguageFeature.FEATURE_ALTER_TABLE_RENAME_COLUMN);
    options.enableLanguageFeature(LanguageFeature.FEATURE_CREATE_VIEW_WITH_COLUMN_LIST);
    return options;
  }

  /**
   * The parameters of a query.
   *
   * @param named by name
   * @param positional in order
   */
  public record Parameters(Map<String, Type> named, List<Type> positional) {
    public static final Parameters NONE = new Parameters(Map.of(), List.of());

    boolean isEmpty() {
      return named.isEmpty() && positional.isEmpty();
    }
  }

  /** The path of a table to be altered, and whether it may be missing. */
  public record Altered(List<String> path, boolean ifExists) {}

  /** A catalog with all functions, for the tables and variables of a script. */
  public QueryCatalog catalog() {
    return new QueryCatalog(loading.get().catalogs());
  }

  /** Splits a script into its statements. */
  public ASTScript parse(String sql) {
    LanguageOptions language = loading.get().language();
    return scripts.get(
        sql, text -> translated(QuotedPaths.split(text), () -> Parser.parseScript(text, language)));
  }

  /** The paths of the tables that a statement names. */
  public List<List<String>> tables(String sql) {
    return tables.get(sql, this::extracted);
  }

  private List<List<String>> extracted(String sql) {
    AnalyzerOptions plain = loading.get().plain();
    QuotedPaths split = QuotedPaths.split(sql);
    return translated(split, () -> Analyzer.extractTableNamesFromStatement(split.sql(), plain));
  }

  /** The paths of the tables that a script names; none if it cannot be read. */
  public List<List<String>> scriptTables(String sql) {
    try {
      AnalyzerOptions plain = loading.get().plain();
      return Analyzer.extractTableNamesFromScript(QuotedPaths.split(sql).sql(), plain).stream()
          .filter(path -> path.size() <= 3)
          .toList();
    } catch (SqlException | BigQueryError e) {
      // whatever is wrong is said when it runs
      return List.of();
    }
  }

  /** The table that an ALTER TABLE statement changes, which {@link #tables} leaves out. */
  public Optional<Altered> altered(String sql) {
    LanguageOptions language = loading.get().language();
    QuotedPaths split = QuotedPaths.split(sql);
    return translated(
        split,
        () ->
            Parser.parseStatement(split.sql(), language)
                    instanceof ASTNodes.ASTAlterTableStatement alter
                ? Optional.of(
                    new Altered(
                        alter.getPath().getNames().stream()
                            .map(ASTNodes.ASTIdentifier::getIdString)
                            .toList(),
                        alter.getIsIfExists()))
                : Optional.empty());
  }

  /** Analyses one statement. */
  public ResolvedStatement statement(String sql, QueryCatalog catalog, Parameters parameters) {
    if (LOAD.matcher(sql).lookingAt()) {
      // before the analyzer misses the table that it is to make
      throw BigQueryError.notImplemented("Statement LoadData is not supported");
    }
    if (!parameters.isEmpty()) {
      return statement(sql, catalog, options(loading.get().language(), parameters));
    }
    return catalog.analysed(sql, text -> statement(text, catalog, loading.get().plain()));
  }

  private static ResolvedStatement statement(
      String sql, QueryCatalog catalog, AnalyzerOptions options) {
    QuotedPaths split = QuotedPaths.split(sql);
    return translated(
        split,
        () ->
            analysed(
                split.sql(),
                text -> Analyzer.analyzeStatement(text, options, catalog.analyzers())));
  }

  /** Analyses an expression without columns. */
  public ResolvedExpr expression(String sql, QueryCatalog catalog, Parameters parameters) {
    AnalyzerOptions options =
        parameters.isEmpty()
            ? loading.get().plain()
            : options(loading.get().language(), parameters);
    QuotedPaths split = QuotedPaths.split(sql);
    return translated(
        split,
        () ->
            analysed(
                split.sql(),
                text -> Analyzer.analyzeExpression(text, options, catalog.analyzers())));
  }

  private static <T extends ResolvedNode> T analysed(String sql, Function<String, T> analyzer) {
    T tree = analyzer.apply(sql);
    String inCalls = DateLiterals.inCalls(sql);
    if (inCalls.equals(sql) || !DateLiterals.mayBeMisread(tree)) {
      return tree;
    }
    try {
      return analyzer.apply(inCalls);
    } catch (SqlException e) {
      throw BigQueryError.notImplemented(
          "A DATE literal in the place of a DATETIME is not supported here");
    }
  }

  private static AnalyzerOptions options(LanguageOptions language, Parameters parameters) {
    AnalyzerOptions options = new AnalyzerOptions();
    options.setLanguageOptions(language);
    options.setPruneUnusedColumns(true);
    options.setDefaultTimezone("UTC");
    options.setErrorMessageMode(ErrorMessageMode.ERROR_MESSAGE_ONE_LINE);
    options.addDdlPseudoColumn("_PARTITIONTIME", QueryCatalog.TIMESTAMP);
    options.addDdlPseudoColumn("_PARTITIONDATE", QueryCatalog.DATE);
    options.addSystemVariable(List.of("error", "message"), QueryCatalog.STRING);
    options.addSystemVariable(List.of("row_count"), QueryCatalog.INT64);
    options.addSystemVariable(List.of("project_id"), QueryCatalog.STRING);
    parameters.named().forEach(options::addQueryParameter);
    if (!parameters.positional().isEmpty()) {
      options.setParameterMode(ParameterMode.PARAMETER_POSITIONAL);
      parameters.positional().forEach(options::addPositionalQueryParameter);
    }
    return options;
  }

  /** Runs this once the analyzer is loaded, in the thread that loads it. */
  public void whenLoaded(Runnable more) {
    loading.then(more);
  }

  /** Waits until nothing is being loaded any more. */
  @Override
  public void close() {
    loading.close();
  }

  private static <T> T translated(QuotedPaths split, Supplier<T> work) {
    try {
      return work.get();
    } catch (SqlException e) {
      if (e.getMessage().contains(TOO_DEEP)) {
        throw BigQueryError.notImplemented(
            "Expressions nested this deeply are not supported by this emulator");
      }
      String message = split.message(e.getMessage());
      throw ExtraFunctions.refusal(message).orElseGet(() -> BigQueryError.invalidQuery(message));
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      // the analyzer's client cannot read constants of some types, such as GEOGRAPHY
      throw BigQueryError.notImplemented(e.getMessage() + " in the analyzer's answer");
    }
  }
}
