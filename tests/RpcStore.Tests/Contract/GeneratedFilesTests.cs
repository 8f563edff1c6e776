using RpcStore.CodeGen;
using RpcStore.CodeGen.Conversations;
using RpcStore.CodeGen.CSharp;
using RpcStore.CodeGen.Reading;
using Xunit;

namespace RpcStore.Tests.Contract;

public sealed class GeneratedFilesTests
{
    private const string Hint = "Run tools/generate and commit what it changes.";

    [Fact]
    public void Every_checked_in_file_is_what_the_contract_makes()
    {
        var made = Generator.Generate(ContractFiles.Load());

        foreach (var (path, text) in made)
        {
            var full = Path.Combine(ContractFiles.Repository, path);
            Assert.True(File.Exists(full), $"{path} is missing. {Hint}");
            Assert.True(File.ReadAllText(full) == text, $"{path} is out of date. {Hint}");
        }
    }

    [Fact]
    public void No_generated_file_is_left_over()
    {
        var made = Generator.Generate(ContractFiles.Load());

        Assert.All(Generator.Existing(ContractFiles.Repository), path => Assert.True(made.ContainsKey(path), $"{path} is not made any more. {Hint}"));
    }

    [Fact]
    public void Generating_twice_gives_the_same_bytes() =>
        Assert.Equal(Generator.Generate(ContractFiles.Load()), Generator.Generate(ContractFiles.Load()));

    [Fact]
    public void Generated_text_has_LF_line_ends_no_trailing_space_and_a_final_newline() =>
        Assert.All(Generator.Generate(ContractFiles.Load()), file =>
        {
            Assert.DoesNotContain('\r', file.Value);
            Assert.DoesNotContain(" \n", file.Value, StringComparison.Ordinal);
            Assert.EndsWith("\n", file.Value, StringComparison.Ordinal);
        });

    [Fact]
    public void Every_method_has_a_conversation_and_every_conversation_fits_the_contract() =>
        ConversationChecker.CheckAll(ConversationParser.LoadAll(ContractFiles.Repository), ContractReader.Read(ContractFiles.Load()));

    /// <summary>
    /// The sample's code is compiled into these tests, so that what the contract does not use today is tested all the same.
    /// With RPCSTORE_UPDATE_SAMPLE=1 it is written anew.
    /// </summary>
    [Fact]
    public void The_sample_is_what_the_generator_makes_of_it()
    {
        var update = Environment.GetEnvironmentVariable("RPCSTORE_UPDATE_SAMPLE") == "1";
        foreach (var (path, text) in CSharpWriter.Write(ContractReader.Read(ContractFiles.LoadSample())))
        {
            if (path.StartsWith("clients/", StringComparison.Ordinal))
            {
                continue;
            }

            var own = text.Replace("namespace RpcStore.Contract;", "using RpcStore.Contract;\n\nnamespace RpcStore.Tests.Contract.Sample;", StringComparison.Ordinal);
            var full = Path.Combine(ContractFiles.Repository, ContractFiles.SampleFolder, "Generated", Path.GetFileName(path));
            if (update)
            {
                File.WriteAllText(full, own);
            }

            Assert.True(File.Exists(full) && File.ReadAllText(full) == own, $"{full} is out of date. Run this test with RPCSTORE_UPDATE_SAMPLE=1.");
        }
    }
}
