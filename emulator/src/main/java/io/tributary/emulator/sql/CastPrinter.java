package io.tributary.emulator.sql;

import com.google.zetasql.FileDescriptorSetsBuilder;
import com.google.zetasql.ResolvedCastProto;
import com.google.zetasql.StructType;
import com.google.zetasql.Type;
import com.google.zetasql.ZetaSQLTypeParameters.NumericTypeParametersProto;
import com.google.zetasql.ZetaSQLTypeParameters.TypeParametersProto;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCast;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedLiteral;
import io.tributary.emulator.catalog.BigQueryError;
import java.util.ArrayList;
import java.util.List;

/** Prints CAST and SAFE_CAST by GoogleSQL's rules rather than DuckDB's. */
final class CastPrinter {
  private CastPrinter() {}

  static String print(ExprPrinter exprs, ResolvedCast cast) {
    if (cast.getExtendedCast() != null) {
      throw BigQueryError.notImplemented("This CAST is not supported");
    }
    TypeParametersProto parameters = parameters(cast);
    String value = exprs.print(cast.getExpr());
    if (!cast.getReturnNullOnError()) {
      return limited(converted(exprs, cast, value), cast.getType(), parameters);
    }
    // failures within the argument are not SAFE_CAST's to hide
    boolean simple = Functions.cannotFail(cast.getExpr());
    String text =
        "TRY("
            + limited(
                converted(exprs, cast, simple ? value : "safe_value"), cast.getType(), parameters)
            + ")";
    return simple ? text : SqlText.let("safe_value", value, text);
  }

  private static String converted(ExprPrinter exprs, ResolvedCast cast, String value) {
    Type from = cast.getExpr().getType();
    Type to = cast.getType();
    if (cast.getFormat() == null && cast.getTimeZone() == null) {
      return convert(value, from, to);
    }
    if (!(cast.getFormat() instanceof ResolvedLiteral format)) {
      throw BigQueryError.notImplemented("CAST with a computed FORMAT is not supported");
    }
    if (from.isBytes() || to.isBytes()) {
      return BytesFunctions.cast(value, to, format.getValue().getStringValue());
    }
    String written = format.getValue().getStringValue();
    String zone = cast.getTimeZone() == null ? "'UTC'" : exprs.print(cast.getTimeZone());
    if (isTime(from) && to.isString()) {
      CastFormat.check(written, from.typeName(), false);
      String micros = TimeFunctions.micros(value, from);
      return formatted("cf_format", written, micros, zone, from.typeName(), "");
    } else if (isTime(to) && from.isString()) {
      CastFormat.check(written, to.typeName(), true);
      String now = ", " + Constants.micros(exprs.context().now());
      return TimeFunctions.of(to, formatted("cf_parse", written, value, zone, to.typeName(), now));
    }
    throw BigQueryError.notImplemented(
        "CAST with FORMAT from " + from.typeName() + " to " + to.typeName() + " is not supported");
  }

  private static boolean isTime(Type type) {
    return type.isDate() || type.isTime() || type.isDatetime() || type.isTimestamp();
  }

  private static String formatted(
      String function, String format, String value, String zone, String type, String more) {
    return function
        + "("
        + String.join(", ", SqlText.string(format), value, zone, "'" + type + "'")
        + more
        + ")";
  }

  static String convert(String text, Type from, Type to) {
    if (from.equals(to)) {
      return text;
    }
    if (to.isArray() && from.isArray()) {
      return "list_transform("
          + text
          + ", lambda x: "
          + convert("x", from.asArray().getElementType(), to.asArray().getElementType())
          + ")";
    }
    if (to.isStruct() && from.isStruct()) {
      return struct(text, from.asStruct(), to.asStruct());
    }
    return switch (to.getKind()) {
      case TYPE_STRING -> toText(text, from);
      case TYPE_INT64 -> toInt64(text, from);
      case TYPE_DOUBLE -> toDouble(text, from);
      case TYPE_NUMERIC -> toNumeric(text, from);
      case TYPE_BIGNUMERIC -> "bn_of(" + (from.isString() ? text : toText(text, from)) + ")";
      case TYPE_BOOL -> from.isString() ? "to_bool(" + text + ")" : "(" + text + " <> 0)";
      case TYPE_BYTES -> "encode(" + text + ")";
      case TYPE_DATE -> from.isString() ? date("to_date_days(" + text + ")") : plain(text, to);
      case TYPE_TIME -> from.isString() ? "to_time_of(" + text + ")::TIME" : plain(text, to);
      case TYPE_DATETIME ->
          from.isString() ? "make_timestamp(to_datetime_us(" + text + "))" : plain(text, to);
      case TYPE_TIMESTAMP ->
          from.isString() ? "make_timestamptz(to_timestamp_us(" + text + "))" : plain(text, to);
      case TYPE_INTERVAL -> "CAST(iv_parse(" + text + ") AS INTERVAL)";
      case TYPE_RANGE -> RangeFunctions.parse(text, to);
      default -> throw refused(from, to);
    };
  }

  private static String plain(String text, Type to) {
    return ExprPrinter.cast(text, to);
  }

  static String date(String days) {
    return "(DATE '1970-01-01' + CAST(" + days + " AS INTEGER))";
  }

  /** The text that CAST(x AS STRING) gives. */
  static String toText(String text, Type from) {
    return switch (from.getKind()) {
      case TYPE_STRING -> text;
      case TYPE_INT64 -> "CAST(" + text + " AS VARCHAR)";
      case TYPE_BOOL -> "CASE WHEN " + text + " THEN 'true' WHEN NOT " + text + " THEN 'false' END";
      case TYPE_DOUBLE -> "dbl_text(" + text + ")";
      case TYPE_NUMERIC -> "num_text(" + text + ")";
      case TYPE_BIGNUMERIC -> "bn_text(" + text + ")";
      case TYPE_BYTES -> "bytes_text(hex(" + text + "))";
      case TYPE_DATE -> "CAST(" + text + " AS VARCHAR)";
      case TYPE_TIME -> "time_text(CAST(" + text + " AS VARCHAR))";
      case TYPE_DATETIME -> "datetime_text(epoch_us(" + text + "))";
      case TYPE_TIMESTAMP -> "timestamp_text(epoch_us(" + text + "))";
      case TYPE_INTERVAL -> "interval_text(" + IntervalFunctions.fields(text) + ")";
      case TYPE_RANGE -> RangeFunctions.text(text, from.asRange().getElementType());
      default -> throw refused(from, null);
    };
  }

  private static String toInt64(String text, Type from) {
    return switch (from.getKind()) {
      case TYPE_STRING -> "to_int64(" + text + ")";
      case TYPE_BOOL -> "CAST(" + text + " AS BIGINT)";
      case TYPE_DOUBLE -> "dbl_int64(" + text + ")";
      case TYPE_NUMERIC -> "num_int64(" + text + ")";
      case TYPE_BIGNUMERIC -> "bn_int64(" + text + ")";
      default -> throw refused(from, null);
    };
  }

  private static String toDouble(String text, Type from) {
    return switch (from.getKind()) {
      case TYPE_STRING -> "to_float64(" + text + ")";
      case TYPE_INT64 -> "CAST(" + text + " AS DOUBLE)";
      case TYPE_NUMERIC -> "to_float64(num_text(" + text + "))";
      case TYPE_BIGNUMERIC -> "to_float64(bn_text(" + text + "))";
      default -> throw refused(from, null);
    };
  }

  private static String toNumeric(String text, Type from) {
    return switch (from.getKind()) {
      case TYPE_STRING -> "to_numeric(" + text + ")";
      case TYPE_INT64 -> "CAST(" + text + " AS DECIMAL(38,9))";
      case TYPE_DOUBLE -> "dbl_numeric(" + text + ")";
      case TYPE_BIGNUMERIC -> "to_numeric(bn_text(" + text + "))";
      default -> throw refused(from, null);
    };
  }

  private static String struct(String text, StructType from, StructType to) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < to.getFieldCount(); i++) {
      String field = "struct_extract(" + text + ", '" + Types.field(i) + "')";
      items.add(
          "'"
              + Types.field(i)
              + "': "
              + convert(field, from.getField(i).getType(), to.getField(i).getType()));
    }
    return "CASE WHEN " + text + " IS NULL THEN NULL ELSE {" + String.join(", ", items) + "} END";
  }

  private static BigQueryError refused(Type from, Type to) {
    return BigQueryError.notImplemented(
        "CAST from "
            + from.typeName()
            + (to == null ? "" : " to " + to.typeName())
            + " is not supported");
  }

  private static String limited(String text, Type type, TypeParametersProto parameters) {
    if (parameters.hasStringTypeParameters()) {
      String length = ", " + parameters.getStringTypeParameters().getMaxLength() + ")";
      return type.isBytes()
          ? "unhex(tx_fit_bytes(hex(" + text + ")" + length + ")"
          : "tx_fit(" + text + length;
    } else if (parameters.hasNumericTypeParameters()) {
      NumericTypeParametersProto numeric = parameters.getNumericTypeParameters();
      return numeric.getIsMaxPrecision()
          ? text
          : DecimalBuiltins.prefix(type)
              + "fit("
              + text
              + ", "
              + numeric.getPrecision()
              + ", "
              + numeric.getScale()
              + ")";
    } else if (parameters.getSerializedSize() > 0) {
      throw BigQueryError.notImplemented("CAST to this type with parameters is not supported");
    }
    return text;
  }

  /** The accessor of the modifiers is of a type that other packages cannot use. */
  private static TypeParametersProto parameters(ResolvedCast cast) {
    ResolvedCastProto.Builder proto = ResolvedCastProto.newBuilder();
    cast.serialize(new FileDescriptorSetsBuilder(), proto);
    return proto.getTypeModifiers().getTypeParameters();
  }
}
