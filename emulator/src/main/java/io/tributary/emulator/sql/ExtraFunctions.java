package io.tributary.emulator.sql;

import com.google.common.collect.ImmutableList;
import com.google.zetasql.Function;
import com.google.zetasql.FunctionArgumentType;
import com.google.zetasql.FunctionArgumentType.FunctionArgumentTypeOptions;
import com.google.zetasql.FunctionSignature;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.Type;
import com.google.zetasql.TypeFactory;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLFunction.FunctionSignatureId;
import com.google.zetasql.ZetaSQLFunctions.FunctionEnums.ArgumentCardinality;
import com.google.zetasql.ZetaSQLFunctions.FunctionEnums.Mode;
import com.google.zetasql.ZetaSQLFunctions.FunctionEnums.NamedArgumentKind;
import com.google.zetasql.ZetaSQLFunctions.SignatureArgumentKind;
import com.google.zetasql.ZetaSQLType.TypeKind;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.sql.Functions.Call;
import io.tributary.emulator.sql.Functions.Form;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Functions of BigQuery that the analyzer does not know by itself. */
final class ExtraFunctions {
  private static final String GROUP = "BigQuery";

  private static final Pattern UNKNOWN =
      Pattern.compile("(?:Table-valued function|Function) (?:is )?not found: `?([\\w.`]+)");

  /** What the analyzer says of types that its own FORMAT does not know. */
  private static final Pattern FORMATTED =
      Pattern.compile("Invalid type for MakeValue\\w+: (\\w+(?:<\\w+>)?)");

  private static final Pattern VARIABLE =
      Pattern.compile(
          "Unrecognized name: (@@(?:error|script|current_job_id|last_job_id|dataset_id"
              + "|dataset_project_id|location|query_label|reservation|session_id|time_zone"
              + "))\\b");

  /** Those that are not supported here. */
  private static final Set<String> REFUSED = refused();

  /** What the analyzer knows though BigQuery does not, by the names of the signatures. */
  private static final Pattern ABSENT =
      Pattern.compile(
          "FN_(ARRAY_(FILTER|TRANSFORM|INCLUDES|SUM|AVG|MIN|MAX|OFFSETS?|FIND|FIRST_N|LAST_N|REMOVE|ZIP)"
              + "(_.*)?|IFERROR|ISERROR|NULLIFERROR)");

  private ExtraFunctions() {}

  /** The functions that the analyzer brings along. */
  static ZetaSQLBuiltinFunctionOptions builtins(LanguageOptions language) {
    ZetaSQLBuiltinFunctionOptions options = new ZetaSQLBuiltinFunctionOptions(language);
    for (FunctionSignatureId id : FunctionSignatureId.values()) {
      if (ABSENT.matcher(id.name()).matches()) {
        options.excludeFunctionSignatureId(id);
      }
    }
    return options;
  }

  private static Set<String> refused() {
    InputStream in = ExtraFunctions.class.getResourceAsStream("refused-functions.txt");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().map(String::strip).collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The refusal that an error stands for, which denies that BigQuery has something that it has. */
  static Optional<BigQueryError> refusal(String message) {
    Matcher variable = VARIABLE.matcher(message);
    if (variable.find()) {
      return Optional.of(
          BigQueryError.notImplemented(
              "System variable " + variable.group(1) + " is not supported"));
    }
    Matcher range = FORMATTED.matcher(message);
    if (range.find()) {
      return Optional.of(
          BigQueryError.notImplemented("FORMAT of " + range.group(1) + " is not supported"));
    }
    Matcher matcher = UNKNOWN.matcher(message);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String name = matcher.group(1).replace("`", "").toUpperCase(Locale.ROOT);
    String family = name.contains(".") ? name.substring(0, name.indexOf('.') + 1) : name;
    return REFUSED.contains(name) || REFUSED.contains(family)
        ? Optional.of(BigQueryError.notImplemented("Function " + name + " is not supported"))
        : Optional.empty();
  }

  static void addTo(SimpleCatalog catalog) {
    FunctionArgumentType first = any(SignatureArgumentKind.ARG_TYPE_ANY_1);
    FunctionArgumentType second = any(SignatureArgumentKind.ARG_TYPE_ANY_2);
    for (String name : List.of("max_by", "min_by")) {
      add(catalog, name, Mode.AGGREGATE, first, List.of(first, second));
    }
    Type string = TypeFactory.createSimpleType(TypeKind.TYPE_STRING);
    Type bool = TypeFactory.createSimpleType(TypeKind.TYPE_BOOL);
    add(
        catalog,
        "contains_substr",
        Mode.SCALAR,
        one(bool),
        List.of(any(SignatureArgumentKind.ARG_TYPE_ARBITRARY), one(string), named("json_scope")));
  }

  /** A text that is left out or given by its name. */
  private static FunctionArgumentType named(String name) {
    return new FunctionArgumentType(
        TypeFactory.createSimpleType(TypeKind.TYPE_STRING),
        FunctionArgumentTypeOptions.builder()
            .setCardinality(ArgumentCardinality.OPTIONAL)
            .setArgumentName(name, NamedArgumentKind.NAMED_ONLY)
            .build(),
        1);
  }

  private static FunctionArgumentType any(SignatureArgumentKind kind) {
    return new FunctionArgumentType(kind, ArgumentCardinality.REQUIRED, 1);
  }

  private static FunctionArgumentType one(Type type) {
    return new FunctionArgumentType(type, ArgumentCardinality.REQUIRED, 1);
  }

  private static void add(
      SimpleCatalog catalog,
      String name,
      Mode mode,
      FunctionArgumentType result,
      List<FunctionArgumentType> arguments) {
    catalog.addFunction(
        new Function(
            name, GROUP, mode, ImmutableList.of(new FunctionSignature(result, arguments, -1))));
  }

  static void addTo(Map<String, Form> forms) {
    forms.put("contains_substr", ExtraFunctions::containsSubstr);
  }

  private static String containsSubstr(Call call) {
    if (call.node().getArgumentList().get(1) instanceof ResolvedLiteral literal
        && literal.getValue().isNull()) {
      throw BigQueryError.invalidQuery("The search value of CONTAINS_SUBSTR cannot be NULL");
    }
    // the analyzer gives NULL for what is left out
    String scope = "coalesce(" + call.arg(2) + ", 'JSON_VALUES')";
    return contains(call.arg(0), call.type(0), call.arg(1), scope, 0);
  }

  /** Whether a value has the text somewhere; NULL if only a NULL in it could have. */
  private static String contains(String value, Type type, String part, String scope, int depth) {
    if (type.isStruct()) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < type.asStruct().getFieldCount(); i++) {
        String field = "struct_extract(" + value + ", '" + Types.field(i) + "')";
        fields.add(contains(field, type.asStruct().getField(i).getType(), part, scope, depth));
      }
      return "(" + String.join(" OR ", fields) + ")";
    } else if (type.isArray()) {
      String item = "s" + depth;
      String found =
          "list_transform("
              + value
              + ", lambda "
              + item
              + ": "
              + contains(item, type.asArray().getElementType(), part, scope, depth + 1)
              + ")";
      return "bq_in(TRUE, " + found + ")";
    }
    String text =
        type.isBytes()
            ? "to_base64(" + value + ")"
            : type.isJson()
                ? "js_texts(" + value + ", " + scope + ")"
                : CastPrinter.toText(value, type);
    return "tx_contains(" + text + ", " + part + ")";
  }
}
