namespace Reeve.Core.JsonSchema;

/// <summary>
/// What a draft 2020-12 schema may look like, as one document: the eight vocabularies in the order in which the reference
/// goes through them, since the first complaint is the one that is reported.
/// </summary>
internal static class MetaSchema
{
    public const string Id = "https://json-schema.org/draft/2020-12/schema";

    private const string Source = """
        {
          "allOf": [
            {"$ref": "#/$defs/core"}, {"$ref": "#/$defs/applicator"}, {"$ref": "#/$defs/unevaluated"},
            {"$ref": "#/$defs/validation"}, {"$ref": "#/$defs/metadata"}, {"$ref": "#/$defs/format"}, {"$ref": "#/$defs/content"}
          ],
          "type": ["object", "boolean"],
          "properties": {
            "definitions": {"type": "object", "additionalProperties": {"$ref": "#"}},
            "dependencies": {"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#"}, {"$ref": "#/$defs/strings"}]}},
            "$recursiveAnchor": {"$ref": "#/$defs/anchor"},
            "$recursiveRef": {"type": "string"}
          },
          "$defs": {
            "core": {"type": ["object", "boolean"], "properties": {
              "$id": {"type": "string", "pattern": "^[^#]*#?$"}, "$schema": {"type": "string"}, "$ref": {"type": "string"},
              "$anchor": {"$ref": "#/$defs/anchor"}, "$dynamicRef": {"type": "string"}, "$dynamicAnchor": {"$ref": "#/$defs/anchor"},
              "$vocabulary": {"type": "object", "propertyNames": {"type": "string"}, "additionalProperties": {"type": "boolean"}},
              "$comment": {"type": "string"},
              "$defs": {"type": "object", "additionalProperties": {"$ref": "#"}}}},
            "applicator": {"type": ["object", "boolean"], "properties": {
              "prefixItems": {"$ref": "#/$defs/schemas"}, "items": {"$ref": "#"}, "contains": {"$ref": "#"},
              "additionalProperties": {"$ref": "#"},
              "properties": {"type": "object", "additionalProperties": {"$ref": "#"}},
              "patternProperties": {"type": "object", "additionalProperties": {"$ref": "#"}, "propertyNames": {"format": "regex"}},
              "dependentSchemas": {"type": "object", "additionalProperties": {"$ref": "#"}},
              "propertyNames": {"$ref": "#"}, "if": {"$ref": "#"}, "then": {"$ref": "#"}, "else": {"$ref": "#"},
              "allOf": {"$ref": "#/$defs/schemas"}, "anyOf": {"$ref": "#/$defs/schemas"}, "oneOf": {"$ref": "#/$defs/schemas"},
              "not": {"$ref": "#"}}},
            "unevaluated": {"type": ["object", "boolean"], "properties": {
              "unevaluatedItems": {"$ref": "#"}, "unevaluatedProperties": {"$ref": "#"}}},
            "validation": {"type": ["object", "boolean"], "properties": {
              "type": {"anyOf": [{"$ref": "#/$defs/types"}, {"type": "array", "items": {"$ref": "#/$defs/types"}, "minItems": 1, "uniqueItems": true}]},
              "const": true, "enum": {"type": "array", "items": true},
              "multipleOf": {"type": "number", "exclusiveMinimum": 0},
              "maximum": {"type": "number"}, "exclusiveMaximum": {"type": "number"},
              "minimum": {"type": "number"}, "exclusiveMinimum": {"type": "number"},
              "maxLength": {"$ref": "#/$defs/count"}, "minLength": {"$ref": "#/$defs/count"},
              "pattern": {"type": "string", "format": "regex"},
              "maxItems": {"$ref": "#/$defs/count"}, "minItems": {"$ref": "#/$defs/count"}, "uniqueItems": {"type": "boolean"},
              "maxContains": {"$ref": "#/$defs/count"}, "minContains": {"$ref": "#/$defs/count"},
              "maxProperties": {"$ref": "#/$defs/count"}, "minProperties": {"$ref": "#/$defs/count"},
              "required": {"$ref": "#/$defs/strings"},
              "dependentRequired": {"type": "object", "additionalProperties": {"$ref": "#/$defs/strings"}}}},
            "metadata": {"type": ["object", "boolean"], "properties": {
              "title": {"type": "string"}, "description": {"type": "string"}, "default": true, "deprecated": {"type": "boolean"},
              "readOnly": {"type": "boolean"}, "writeOnly": {"type": "boolean"}, "examples": {"type": "array", "items": true}}},
            "format": {"type": ["object", "boolean"], "properties": {"format": {"type": "string"}}},
            "content": {"type": ["object", "boolean"], "properties": {
              "contentEncoding": {"type": "string"}, "contentMediaType": {"type": "string"}, "contentSchema": {"$ref": "#"}}},
            "anchor": {"type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"},
            "count": {"type": "integer", "minimum": 0},
            "schemas": {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
            "strings": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
            "types": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}
          }
        }
        """;

    public static readonly object? Document = JsonTree.Parse(Source);
}
