using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.TypeScript;

/// <summary>Writes how the objects that a server sends are read: what they must have, and which members are converted.</summary>
internal static class ShapesWriter
{
    /// <summary>One file with all shapes, each after those that it names.</summary>
    public static string Write(Contract contract)
    {
        var code = new CodeWriter();
        code.Imports([("../calls/shape.js", ["Shape"], true)]);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var shape in contract.NamedTypes.OfType<ObjectType>())
        {
            WriteShape(code, shape, written);
        }

        return code.ToString();
    }

    private static void WriteShape(CodeWriter code, ObjectType shape, HashSet<string> written)
    {
        if (!written.Add(shape.Name))
        {
            return;
        }

        foreach (var field in shape.Fields)
        {
            var type = field.Type is ArrayType array ? array.Item : field.Type;
            if (type is ObjectType inner)
            {
                WriteShape(code, inner, written);
            }
        }

        code.Doc($"How a `{shape.Name}` is read.");
        code.Object($"export const {TypeNames.ShapeName(shape)}: Shape = ", [.. shape.Fields.Select(TypeNames.ShapeMember)], ";");
        code.Blank();
    }
}
