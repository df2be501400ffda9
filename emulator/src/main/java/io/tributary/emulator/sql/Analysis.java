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

/** Google's analyzer with BigQuery's settings. Thread-safe. */
public final class Analysis {
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

  private final LanguageOptions language = language();
  private final AnalyzerOptions plain = options(null);
  private final AnalyzerCatalogs catalogs = new AnalyzerCatalogs(language);

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
  public record Parameters(Map<String, Type> named, List<Type> positional) {}

  /** A catalog with all functions, for the tables and variables of a script. */
  public QueryCatalog catalog() {
    return new QueryCatalog(catalogs);
  }

  /** Splits a script into its statements. */
  public ASTScript parse(String sql) {
    return translated(QuotedPaths.split(sql), () -> Parser.parseScript(sql, language));
  }

  /** The paths of the tables that a statement names. */
  public List<List<String>> tables(String sql) {
    QuotedPaths split = QuotedPaths.split(sql);
    return translated(split, () -> Analyzer.extractTableNamesFromStatement(split.sql(), plain));
  }

  /** The paths of the tables that a script names; none if it cannot be read. */
  public List<List<String>> scriptTables(String sql) {
    try {
      return Analyzer.extractTableNamesFromScript(QuotedPaths.split(sql).sql(), plain).stream()
          .filter(path -> path.size() <= 3)
          .toList();
    } catch (SqlException | BigQueryError e) {
      // whatever is wrong is said when it runs
      return List.of();
    }
  }

  /** The path of the table that an ALTER statement changes, which {@link #tables} leaves out. */
  public Optional<List<String>> altered(String sql) {
    QuotedPaths split = QuotedPaths.split(sql);
    return translated(
        split,
        () ->
            Parser.parseStatement(split.sql(), language)
                    instanceof ASTNodes.ASTAlterStatementBase alter
                ? Optional.of(
                    alter.getPath().getNames().stream()
                        .map(ASTNodes.ASTIdentifier::getIdString)
                        .toList())
                : Optional.empty());
  }

  /** Analyses one statement. */
  public ResolvedStatement statement(String sql, QueryCatalog catalog, Parameters parameters) {
    if (LOAD.matcher(sql).lookingAt()) {
      // before the analyzer misses the table that it is to make
      throw BigQueryError.notImplemented("Statement LoadData is not supported");
    }
    QuotedPaths split = QuotedPaths.split(sql);
    return translated(
        split,
        () ->
            analysed(
                split.sql(),
                text -> Analyzer.analyzeStatement(text, options(parameters), catalog.analyzers())));
  }

  /** Analyses an expression without columns. */
  public ResolvedExpr expression(String sql, QueryCatalog catalog, Parameters parameters) {
    QuotedPaths split = QuotedPaths.split(sql);
    return translated(
        split,
        () ->
            analysed(
                split.sql(),
                text ->
                    Analyzer.analyzeExpression(text, options(parameters), catalog.analyzers())));
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

  private AnalyzerOptions options(Parameters parameters) {
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
    if (parameters != null) {
      parameters.named().forEach(options::addQueryParameter);
      if (!parameters.positional().isEmpty()) {
        options.setParameterMode(ParameterMode.PARAMETER_POSITIONAL);
        parameters.positional().forEach(options::addPositionalQueryParameter);
      }
    }
    return options;
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
