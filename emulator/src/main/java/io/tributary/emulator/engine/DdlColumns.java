package io.tributary.emulator.engine;

import com.google.zetasql.Type;
import com.google.zetasql.TypeParameters;
import com.google.zetasql.ZetaSQLTypeParameters.NumericTypeParametersProto;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnAnnotations;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedColumnDefinition;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedOption;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.catalog.Column;
import io.tributary.emulator.catalog.Mode;
import io.tributary.emulator.sql.Types;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Columns as DDL statements define them. */
final class DdlColumns {
  private final DdlOptions options;

  DdlColumns(DdlOptions options) {
    this.options = options;
  }

  Column column(ResolvedColumnDefinition definition) throws SQLException {
    if (definition.getGeneratedColumnInfo() != null) {
      throw BigQueryError.notImplemented("Generated columns are not supported");
    }
    Column column = column(definition.getName(), definition.getType(), definition.getAnnotations());
    String defaultValue =
        definition.getDefaultValue() == null ? null : definition.getDefaultValue().getSql();
    return with(column, column.description(), defaultValue);
  }

  private Column column(String name, Type type, ResolvedColumnAnnotations annotations)
      throws SQLException {
    Column column = Types.column(name, type);
    if (annotations == null) {
      return column;
    }
    String description = null;
    for (ResolvedOption option : annotations.getOptionList()) {
      if (!option.getName().equalsIgnoreCase("description")) {
        throw BigQueryError.notImplemented(
            "Column option " + option.getName() + " is not supported");
      }
      description = (String) options.value(option);
    }
    Column result =
        with(parameters(nested(column, type, annotations), annotations), description, null);
    return annotations.getNotNull() && column.mode() != Mode.REPEATED
        ? result.withMode(Mode.REQUIRED)
        : result;
  }

  private Column nested(Column column, Type type, ResolvedColumnAnnotations annotations)
      throws SQLException {
    ResolvedColumnAnnotations inner = annotations;
    Type element = type;
    if (type.isArray()) {
      element = type.asArray().getElementType();
      if (annotations.getChildList().isEmpty()) {
        return column;
      }
      inner = annotations.getChildList().get(0);
      Column item = column("item", element, inner);
      return new Column(
          column.name(),
          item.type(),
          Mode.REPEATED,
          item.fields(),
          null,
          item.maxLength(),
          item.precision(),
          item.scale(),
          item.rangeElementType(),
          null,
          null);
    }
    if (!element.isStruct()) {
      return column;
    }
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < element.asStruct().getFieldCount(); i++) {
      ResolvedColumnAnnotations field =
          i < inner.getChildList().size() ? inner.getChildList().get(i) : null;
      fields.add(
          column(
              element.asStruct().getField(i).getName(),
              element.asStruct().getField(i).getType(),
              field));
    }
    return Column.struct(column.name(), column.mode(), fields);
  }

  private static Column parameters(Column column, ResolvedColumnAnnotations annotations) {
    return parameters(column, annotations.getTypeParameters());
  }

  /** A column whose type takes these parameters. */
  static Column parameters(Column column, TypeParameters parameters) {
    if (parameters == null || parameters.isEmpty()) {
      return column;
    }
    Long length = null;
    Long precision = null;
    Long scale = null;
    if (parameters.isStringTypeParameters()) {
      length = parameters.getStringTypeParameters().getMaxLength();
    } else if (parameters.isNumericTypeParameters()) {
      NumericTypeParametersProto numeric = parameters.getNumericTypeParameters();
      precision = numeric.getPrecision();
      scale = numeric.getScale();
    }
    return new Column(
        column.name(),
        column.type(),
        column.mode(),
        column.fields(),
        column.description(),
        length == null ? column.maxLength() : length,
        precision == null ? column.precision() : precision,
        scale == null ? column.scale() : scale,
        column.rangeElementType(),
        column.defaultValueExpression(),
        column.policyTags());
  }

  static Column named(Column column, String name) {
    return with(name, column, column.description(), column.defaultValueExpression());
  }

  static Column with(Column column, String description, String defaultValue) {
    return with(column.name(), column, description, defaultValue);
  }

  private static Column with(String name, Column column, String description, String defaultValue) {
    return new Column(
        name,
        column.type(),
        column.mode(),
        column.fields(),
        description,
        column.maxLength(),
        column.precision(),
        column.scale(),
        column.rangeElementType(),
        defaultValue,
        column.policyTags());
  }
}
