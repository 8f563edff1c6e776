using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.CSharp;

/// <summary>Writes the code that reads a value from a <c>ParameterReader</c> and holds it against its type.</summary>
internal static class ReadingWriter
{
    /// <summary>The expression that reads a value.</summary>
    public static string Expression(ContractType type) => type switch
    {
        StringType { Pattern: null } text => $"reader.ReadString({Count(text.MinLength)}, {Count(text.MaxLength)})",
        StringType text =>
            $"reader.ReadString({Count(text.MinLength)}, {Count(text.MaxLength)}, Patterns.Is{text.Name}, {DocText.Literal(text.Pattern!.Text)})",
        EnumType choice => $"({choice.Name})reader.ReadEnum({choice.Name}JsonConverter.Table)",
        BlobIdType => "reader.ReadBlobId()",
        TimeType => "reader.ReadTime()",
        BytesType => "reader.ReadBytes()",
        IntegerType integer => $"reader.ReadInteger({Limit(integer.Minimum, "long.MinValue")}, {Limit(integer.Maximum, "long.MaxValue")})",
        BooleanType => "reader.ReadBoolean()",
        ArrayType { Item: BlobIdType } ids => $"reader.ReadBlobIds({Count(ids.MinItems)}, {Count(ids.MaxItems)})",
        ArrayType array =>
            $"reader.ReadList({Count(array.MinItems)}, {Count(array.MaxItems)}, static (ref ParameterReader reader) => {Expression(array.Item)})",
        ObjectType shape => $"RequestDocuments.Read{shape.Name}(ref reader, reader.BeginObject(RequestDocuments.{shape.Name}Members))",
        _ => throw new NotSupportedException($"{type.GetType().Name} cannot be a parameter"),
    };

    /// <summary>Variables for the fields, and the loop that reads them.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="fields">What to read, required ones first.</param>
    public static void WriteLoop(CodeWriter code, IReadOnlyList<Field> fields)
    {
        code.Block("while (reader.MoveNext(ref members))", () =>
            code.Block("switch (members.Index)", () =>
            {
                for (var i = 0; i < fields.Count; i++)
                {
                    code.Line($"case {i}:");
                    var field = fields[i];
                    code.Indented(() =>
                    {
                        code.Line($"{TypeNames.Variable(field.Name)} = {ReadField(field)};");
                        code.Line("break;");
                    });
                }
            }));
        code.Blank();
    }

    /// <summary>Declares a variable for each field with what counts when it is left out.</summary>
    public static void WriteVariables(CodeWriter code, IEnumerable<Field> fields)
    {
        foreach (var field in fields)
        {
            var initial = !field.Required ? TypeNames.DefaultOf(field) : IsReference(field.Type) ? "null!" : "default";
            code.Line($"{TypeNames.OfServiceParameter(field)} {TypeNames.Variable(field.Name)} = {initial};");
        }
    }

    /// <summary>The expression for a table of names, required ones first.</summary>
    public static string Table(IEnumerable<Field> fields)
    {
        string Names(bool required) => string.Join(", ", fields.Where(field => field.Required == required).Select(field => DocText.Literal(field.Name)));
        return $"new([{Names(true)}], [{Names(false)}])";
    }

    private static string ReadField(Field field)
    {
        var expression = field.Type is ProgressTokenType progress
            ? $"new CallProgress<{TypeNames.Of(progress.Value)}>(context, reader.ReadProgressToken(), ContractJson.Default.{TypeNames.Of(progress.Value)})"
            : Expression(field.Type);
        var isSlice = field.Type is BytesType or ArrayType { Item: BlobIdType };
        return field.Required ? expression : $"reader.IsNull ? {TypeNames.DefaultOf(field)} : {expression}{(isSlice ? ".ToArray()" : "")}";
    }

    private static bool IsReference(ContractType type) => type is StringType or ObjectType or ArrayType { Item: not BlobIdType };

    private static string Count(int? count) => count is null ? "int.MaxValue" : TypeNames.Number(count.Value);

    private static string Limit(long? limit, string none) => limit is null ? none : TypeNames.Number(limit.Value);
}
