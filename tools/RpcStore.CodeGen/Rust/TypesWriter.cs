using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Rust;

/// <summary>Writes the data types of a domain: structs, and enums with their strings.</summary>
internal static class TypesWriter
{
    /// <summary>One file with the types of a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="inputs">The objects that a client makes.</param>
    public static string Write(Domain domain, IReadOnlySet<string> inputs)
    {
        var code = new RustCode($"The types of `{domain.Name}`.");
        code.Line("use super::*;");
        foreach (var type in domain.Types)
        {
            code.Blank();
            if (type is EnumType choice)
            {
                WriteEnum(code, choice);
            }
            else
            {
                var shape = (ObjectType)type;
                WriteStruct(code, shape);
                if (inputs.Contains(shape.Name))
                {
                    code.Blank();
                    WriteNew(code, shape);
                }
            }
        }

        return code.ToString();
    }

    /// <summary>What is said of a member or an optional parameter.</summary>
    public static string Describe(Field field) => RustDoc.Escape(
        field.Default is null ? field.Description : $"{field.Description} `{field.Default.ToJsonString().Trim('"')}` when left out.");

    /// <summary>The line that tells serde how a member is written, where its name alone does not.</summary>
    public static void WriteSerde(RustCode code, Field field)
    {
        var member = RustNames.Variable(field.Name);
        var rename = member == field.Name || member == $"r#{field.Name}" ? [] : new[] { $"rename = \"{field.Name}\"" };
        var skip = field.Required ? [] : new[] { "skip_serializing_if = \"Option::is_none\"" };
        if (rename.Length + skip.Length > 0)
        {
            code.Line($"#[serde({string.Join(", ", rename.Concat(skip))})]");
        }
    }

    private static void WriteStruct(RustCode code, ObjectType shape)
    {
        code.Doc(RustDoc.Escape(shape.Description));
        code.Line("#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]");
        code.Line("#[non_exhaustive]");
        code.Block($"pub struct {shape.Name} {{", () =>
        {
            foreach (var field in shape.Fields)
            {
                code.Doc(Describe(field));
                WriteSerde(code, field);
                code.Line($"pub {RustNames.Variable(field.Name)}: {RustNames.TypeOf(field)},");
            }
        });
    }

    private static void WriteNew(RustCode code, ObjectType shape)
    {
        var required = shape.Fields.Where(field => field.Required).ToArray();
        code.Block($"impl {shape.Name} {{", () =>
        {
            code.Doc("One with what must be there; the rest is left out, and can be set.");
            var parameters = required.Select(field => $"{RustNames.Variable(field.Name)}: {RustNames.ArgumentType(field.Type)}").ToArray();
            var members = shape.Fields.Select(field => field.Required ? RustNames.Member(field) : $"{RustNames.Variable(field.Name)}: None").ToArray();
            code.Function("pub fn new", parameters, "Self", () => code.Literal("Self", members, ""));
        });
    }

    private static void WriteEnum(RustCode code, EnumType choice)
    {
        code.Doc(RustDoc.Escape(choice.Description));
        code.Line("#[derive(Debug, Clone, PartialEq, Eq, Hash)]");
        code.Line("#[non_exhaustive]");
        code.Block($"pub enum {choice.Name} {{", () =>
        {
            foreach (var value in choice.Values)
            {
                code.Doc($"`{value}` on the wire.");
                code.Line($"{RustNames.Variant(value)},");
            }

            code.Doc("A value that this version of the client does not know.");
            code.Line("Unknown(String),");
        });
        code.Blank();
        code.Block($"impl {choice.Name} {{", () =>
        {
            code.Doc("The value on the wire.");
            code.Block("pub fn as_str(&self) -> &str {", () => code.Block("match self {", () =>
            {
                foreach (var value in choice.Values)
                {
                    code.Line($"Self::{RustNames.Variant(value)} => \"{value}\",");
                }

                code.Line("Self::Unknown(other) => other,");
            }));
        });
        code.Blank();
        code.Block($"impl From<&str> for {choice.Name} {{", () =>
            code.Block("fn from(value: &str) -> Self {", () => code.Block("match value {", () =>
            {
                foreach (var value in choice.Values)
                {
                    code.Line($"\"{value}\" => Self::{RustNames.Variant(value)},");
                }

                code.Line("other => Self::Unknown(other.to_owned()),");
            })));
        code.Blank();
        code.Line($"string_enum!({choice.Name});");
    }
}
