using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Rust;

/// <summary>Writes the client of a domain: a function for each method, and its parameters.</summary>
internal static class CallsWriter
{
    /// <summary>One file with the client.</summary>
    public static string Write(Domain domain)
    {
        var code = new RustCode($"The methods of `{domain.Name}`.");
        code.Line("use super::*;");
        code.Blank();
        WriteClient(code, domain);
        foreach (var method in domain.Methods)
        {
            code.Blank();
            WriteParameters(code, method);
            if (method.Parameters.Any(parameter => !parameter.Required))
            {
                code.Blank();
                WriteSetters(code, method);
            }
        }

        return code.ToString();
    }

    private static void WriteClient(RustCode code, Domain domain)
    {
        code.Doc($"Calls the methods of `{domain.Name}`. Calls may overlap.");
        code.Line("#[derive(Debug, Clone, Copy)]");
        code.Block($"pub struct {RustNames.Client(domain)}<'c> {{", () => code.Line("pub(super) client: &'c Client,"));
        code.Blank();
        code.Block($"impl {RustNames.Client(domain)}<'_> {{", () =>
        {
            foreach (var method in domain.Methods)
            {
                WriteMethod(code, method);
                code.Blank();
            }
        });
    }

    private static void WriteMethod(RustCode code, Method method)
    {
        var type = RustNames.Parameters(method);
        var required = method.Parameters.Where(parameter => parameter.Required).ToArray();
        code.Doc(Documentation(method));
        var parameters = required.Select(field => $"{RustNames.Variable(field.Name)}: {RustNames.ArgumentType(field.Type)}").Prepend("&self").ToArray();
        var members = method.Parameters.Select(field => field.Required ? RustNames.Member(field) : $"{RustNames.Variable(field.Name)}: None").ToArray();
        code.Function($"pub fn {RustNames.Variable(method.Verb)}", parameters, $"Request<{type}>", () =>
        {
            code.Literal($"let params = {type}", members, ";");
            code.Line("self.client.request(params)");
        });
    }

    private static IEnumerable<string> Documentation(Method method)
    {
        yield return RustDoc.Escape(method.Summary);
        yield return RustDoc.Escape(method.Description);
        if (method.Parameters.Length > 0)
        {
            yield return "# Parameters";
            yield return string.Join('\n', method.Parameters.Select(Describe));
        }

        yield return $"Access: `{method.Access}`. The answer is {Article(method)}.";
        if (method.Errors.Length > 0)
        {
            yield return "# Errors";
            yield return string.Join('\n', method.Errors.Select(error =>
                $"- [`{error.Name}`](crate::ErrorKind::{RustNames.Variant(error.Name)}): {RustDoc.Escape(error.When)}"));
        }
    }

    private static string Article(Method method) => method.Result.Type is ObjectType shape ? $"[`{shape.Name}`]" : "JSON as it is";

    private static string Describe(Field field) =>
        field.Required
            ? $"- `{RustNames.Variable(field.Name)}`: {TypesWriter.Describe(field)}"
            : $"- `.{RustNames.Setter(field.Name)}(…)`, may be left out: {TypesWriter.Describe(field)}";

    private static void WriteParameters(RustCode code, Method method)
    {
        var type = RustNames.Parameters(method);
        code.Doc($"The parameters of `{method.Name}`.");
        code.Line("#[derive(Debug, Clone, Serialize)]");
        if (method.Parameters.Length == 0)
        {
            code.Line($"pub struct {type} {{}}");
        }
        else
        {
            code.Block($"pub struct {type} {{", () =>
            {
                foreach (var field in method.Parameters)
                {
                    TypesWriter.WriteSerde(code, field);
                    code.Line($"{RustNames.Variable(field.Name)}: {RustNames.TypeOf(field)},");
                }
            });
        }

        code.Blank();
        code.Block($"impl Method for {type} {{", () =>
        {
            code.Line($"const NAME: &'static str = \"{method.Name}\";");
            code.Line($"type Output = {RustNames.TypeOf(method.Result.Type)};");
        });
    }

    private static void WriteSetters(RustCode code, Method method) =>
        code.Block($"impl Request<{RustNames.Parameters(method)}> {{", () =>
        {
            foreach (var field in method.Parameters.Where(parameter => !parameter.Required))
            {
                if (field.Type is ProgressTokenType progress)
                {
                    WriteProgress(code, field, progress);
                }
                else
                {
                    WriteSetter(code, field);
                }

                code.Blank();
            }
        });

    private static void WriteSetter(RustCode code, Field field)
    {
        var name = RustNames.Variable(field.Name);
        code.Doc(TypesWriter.Describe(field));
        code.Function($"pub fn {RustNames.Setter(field.Name)}", ["mut self", $"{name}: {RustNames.ArgumentType(field.Type)}"], "Self", () =>
        {
            code.Line($"self.params.{name} = Some({RustNames.FromArgument(field.Type, name)});");
            code.Line("self");
        });
    }

    private static void WriteProgress(RustCode code, Field field, ProgressTokenType progress)
    {
        code.Doc(
            "What the server reports while the call runs.",
            "On stream connections and WebSockets; over HTTP there are no reports. `handler` is called in order, by the task that reads the connection: it should not take long.");
        code.Function(
            $"pub fn {RustNames.Setter(field.Name)}",
            ["mut self", $"handler: impl FnMut({RustNames.TypeOf(progress.Value)}) + Send + 'static"],
            "Self",
            () =>
            {
                code.Line($"self.params.{RustNames.Variable(field.Name)} = Some(self.on_progress(handler));");
                code.Line("self");
            });
    }
}
